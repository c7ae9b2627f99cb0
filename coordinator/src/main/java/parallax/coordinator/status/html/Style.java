package parallax.coordinator.status.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The one style of the public pages, and the policies under which it alone is applied. */
public final class Style {
  static final String TEXT = read();
  private static final String SOURCE = "'sha256-" + digest(TEXT) + "'";

  /** Of a page: its one style, its own form, in nobody's frame. */
  public static final String PAGE_POLICY =
      "default-src 'none'; style-src "
          + SOURCE
          + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** Of what is made to stand in the pages of others. */
  public static final String EMBED_POLICY =
      "default-src 'none'; style-src "
          + SOURCE
          + "; form-action 'none'; base-uri 'none'; frame-ancestors *";

  private Style() {}

  private static String read() {
    try (InputStream file = Style.class.getResourceAsStream("status.css")) {
      if (file == null) {
        throw new IllegalStateException("status.css is missing from the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("status.css", e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
