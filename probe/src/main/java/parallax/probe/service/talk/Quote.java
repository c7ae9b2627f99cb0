package parallax.probe.service.talk;

import java.nio.charset.StandardCharsets;
import parallax.config.observation.Printable;

/** Words of a service, harmless and short. */
public final class Quote {
  /** Characters of an answer that are shown. */
  static final int MAX_SHOWN = 100;

  private Quote() {}

  public static String of(String text) {
    return text.isBlank() ? "nothing" : Printable.bounded(text.strip(), MAX_SHOWN);
  }

  /** Bytes as ISO 8859-1 has them; what cannot be printed is replaced. */
  public static String of(byte[] bytes) {
    int length = Math.min(bytes.length, MAX_SHOWN + 1);
    return of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
  }
}
