package parallax.coordinator.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Draws PNG, by Java 2D, with the fonts of the machine. Twice as many pixels as were asked for in
 * each direction, as screens have them today; 256 colours, which are enough for it.
 */
final class PngCanvas implements Canvas, AutoCloseable {
  private static final int SCALE = 2;
  private static final int SHADES = 24;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(int width, int height) {
    image =
        new BufferedImage(
            width * SCALE, height * SCALE, BufferedImage.TYPE_BYTE_INDEXED, palette());
    graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** Each tint, and how it fades into the paper: what the edges of letters need. */
  private static IndexColorModel palette() {
    Tint[] tints = Tint.values();
    int[] colours = new int[tints.length * SHADES];
    for (int tint = 0; tint < tints.length; tint++) {
      for (int shade = 0; shade < SHADES; shade++) {
        colours[tint * SHADES + shade] = mixed(tints[tint].rgb(), shade);
      }
    }
    return new IndexColorModel(
        Byte.SIZE, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  private static int mixed(int rgb, int shade) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int ink = (rgb >> shift) & 0xff;
      int paper = (Tint.PAPER.rgb() >> shift) & 0xff;
      mixed |= ((ink * (SHADES - shade) + paper * shade) / SHADES) << shift;
    }
    return mixed;
  }

  @Override
  public void box(Tint tint, Box box) {
    graphics.setColor(new Color(tint.rgb()));
    graphics.fillRect(box.x(), box.y(), box.width(), box.height());
  }

  @Override
  public void text(Tint tint, At at, String text) {
    if (text.isEmpty()) {
      return;
    }
    Font font = new Font(Font.SANS_SERIF, at.bold() ? Font.BOLD : Font.PLAIN, at.size());
    graphics.setColor(new Color(tint.rgb()));
    graphics.setFont(font);
    double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    double left =
        switch (at.side()) {
          case LEFT -> at.x();
          case MIDDLE -> at.x() - width / 2;
          case RIGHT -> at.x() - width;
        };
    graphics.drawString(text, (float) left, at.y());
  }

  /** Whether the machine has letters for all of it. */
  static boolean canWrite(String text) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplayUpTo(text) < 0;
  }

  /** All that was drawn. */
  byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
