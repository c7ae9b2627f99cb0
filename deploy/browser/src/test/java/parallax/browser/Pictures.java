package parallax.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Pictures of pages as they show, in WebP, where {@code -Dparallax.pictures=FOLDER} asks for them,
 * as {@code deploy/browser/pictures} does.
 */
final class Pictures {
  /** The largest that belongs into documentation. */
  private static final int MAX_BYTES = 120_000;

  /** Has the browser write a picture anew, the smaller the worse. */
  private static final String SMALL =
      """
      async ([png, quality]) => {
        const image = new Image();
        image.src = "data:image/png;base64," + png;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, image.height];
        canvas.getContext("2d").drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", quality).split(",")[1];
      }
      """;

  private final Optional<Path> folder =
      Optional.ofNullable(System.getProperty("parallax.pictures")).map(Path::of);

  boolean areWanted() {
    return folder.isPresent();
  }

  /** Takes what is in sight. */
  void take(Page page, String name) {
    if (folder.isEmpty()) {
      return;
    }
    String png = Base64.getEncoder().encodeToString(page.screenshot());
    Page desk = page.context().newPage();
    try {
      Files.createDirectories(folder.get());
      for (double quality : new double[] {0.9, 0.75, 0.5}) {
        Object small = desk.evaluate(SMALL, new Object[] {png, quality});
        byte[] picture = Base64.getDecoder().decode(String.valueOf(small));
        if (picture.length <= MAX_BYTES) {
          Files.write(folder.get().resolve(name + ".webp"), picture);
          return;
        }
      }
      throw new AssertionError("too large a picture: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      desk.close();
    }
  }
}
