package parallax.coordinator.api.access;

import java.security.SecureRandom;
import parallax.coordinator.access.FormToken;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.access.LanguagePart;
import parallax.coordinator.page.access.WhoPart;

/** What is of one person alone in a page that many are sent. */
public final class Personal {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Personal() {}

  /**
   * The page as one person gets it.
   *
   * @param path where they are, with its query
   */
  public static String filled(String html, Visitor visitor, String path) {
    String named =
        html.replace(Frame.WHO, WhoPart.html(visitor, path))
            .replace(Frame.LANGUAGES, LanguagePart.html(visitor.language(), path));
    if (visitor.forms().isEmpty()) {
      return named.replace(Frame.FORM_TOKEN, "");
    }
    byte[] mask = new byte[FormToken.MASK_BYTES];
    RANDOM.nextBytes(mask);
    return named.replace(Frame.FORM_TOKEN, visitor.forms().get().token(mask));
  }
}
