package parallax.browser;

import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures of pages as they show, where {@code -Dparallax.pictures=FOLDER} asks for them, as {@code
 * deploy/browser/pictures} does: PNG with few colours, which is small and looks the same.
 */
final class Pictures {
  /** The largest that belongs into documentation. */
  private static final int MAX_BYTES = 120_000;

  private static final List<Integer> COLOURS = List.of(250, 100, 32);

  private final Optional<Path> folder =
      Optional.ofNullable(System.getProperty("parallax.pictures")).map(Path::of);

  boolean areWanted() {
    return folder.isPresent();
  }

  /** Takes what is in sight, up to where the page ends. */
  void take(Page page, String name) {
    if (folder.isEmpty()) {
      return;
    }
    try {
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(page.screenshot(seen(page))));
      Files.createDirectories(folder.get());
      for (int colours : COLOURS) {
        byte[] small = png(withFew(shown, colours));
        if (small.length <= MAX_BYTES) {
          Files.write(folder.get().resolve(name + ".png"), small);
          return;
        }
      }
      throw new AssertionError("too large a picture: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page.ScreenshotOptions seen(Page page) {
    Object height = page.evaluate("Math.min(innerHeight, Math.ceil(document.body.offsetHeight))");
    Object width = page.evaluate("innerWidth");
    return new Page.ScreenshotOptions().setClip(0, 0, number(width), number(height));
  }

  private static double number(Object told) {
    return told instanceof Number number ? number.doubleValue() : 0;
  }

  /** What of red, green and blue tells colours apart. */
  private static int shade(int rgb) {
    return (rgb >> 9 & 0x7c00) | (rgb >> 6 & 0x3e0) | (rgb >> 3 & 0x1f);
  }

  /** One of those that look alike. */
  private record Shade(int shade, int rgb, long count) {
    Shade again() {
      return new Shade(shade, rgb, count + 1);
    }

    /** Little of a strong colour tells more than much of one grey among others. */
    long weight() {
      int red = rgb >> 16 & 0xff;
      int green = rgb >> 8 & 0xff;
      int blue = rgb & 0xff;
      int most = Math.max(red, Math.max(green, blue));
      return count * (8 + most - Math.min(red, Math.min(green, blue)));
    }
  }

  private static BufferedImage withFew(BufferedImage shown, int colours) {
    Map<Integer, Shade> counts = new HashMap<>();
    int[] pixels =
        shown.getRGB(0, 0, shown.getWidth(), shown.getHeight(), null, 0, shown.getWidth());
    for (int rgb : pixels) {
      counts.compute(
          shade(rgb), (shade, known) -> known == null ? new Shade(shade, rgb, 1) : known.again());
    }
    List<Shade> kept =
        counts.values().stream()
            .sorted(
                Comparator.comparingLong(Shade::weight).reversed().thenComparingInt(Shade::shade))
            .limit(colours)
            .toList();
    byte[][] palette = new byte[3][kept.size()];
    for (int index = 0; index < kept.size(); index++) {
      for (int part = 0; part < palette.length; part++) {
        palette[part][index] = (byte) (kept.get(index).rgb() >> (16 - 8 * part));
      }
    }
    Map<Integer, Integer> nearest = new HashMap<>();
    counts.forEach((shade, known) -> nearest.put(shade, nearest(kept, known.rgb())));
    BufferedImage few =
        new BufferedImage(
            shown.getWidth(),
            shown.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, kept.size(), palette[0], palette[1], palette[2]));
    int[] indexes = new int[pixels.length];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      indexes[pixel] = nearest.getOrDefault(shade(pixels[pixel]), 0);
    }
    few.getRaster().setPixels(0, 0, shown.getWidth(), shown.getHeight(), indexes);
    return few;
  }

  private static int nearest(List<Shade> kept, int rgb) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int index = 0; index < kept.size(); index++) {
      long apart = 0;
      for (int part = 0; part <= 16; part += 8) {
        int difference = (kept.get(index).rgb() >> part & 0xff) - (rgb >> part & 0xff);
        apart += (long) difference * difference;
      }
      if (apart < least) {
        least = apart;
        best = index;
      }
    }
    return best;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam best = writer.getDefaultWriteParam();
      best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      best.setCompressionQuality(0);
      writer.write(null, new IIOImage(image, null, null), best);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
