package parallax.coordinator.status.notice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The script that shows the notice; the same for everybody. */
public final class NoticeScript {
  public static final String TEXT = read();

  private NoticeScript() {}

  private static String read() {
    try (InputStream file = NoticeScript.class.getResourceAsStream("notice.js")) {
      if (file == null) {
        throw new IllegalStateException("notice.js is missing from the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("notice.js", e);
    }
  }
}
