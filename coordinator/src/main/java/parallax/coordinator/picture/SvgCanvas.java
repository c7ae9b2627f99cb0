package parallax.coordinator.picture;

import static parallax.coordinator.status.words.Xml.escaped;

/**
 * Draws SVG 1.1 without scripts and styles. Each thing has its colour and a class, so that a page
 * into which the drawing is written can have colours of its own.
 */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder(8192);

  /**
   * An empty one.
   *
   * @param title what is said to whoever cannot see it
   */
  SvgCanvas(int width, int height, String language, String title) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height)
        .append("\" width=\"" + width + "\" height=\"" + height + "\" role=\"img\" xml:lang=\"")
        .append(escaped(language) + "\" font-family=\"DejaVu Sans,Verdana,Noto Sans CJK JP,")
        .append("sans-serif\"><title>" + escaped(title) + "</title>\n");
  }

  @Override
  public void box(Tint tint, Box box) {
    svg.append("<rect class=\"" + tint.className() + "\" fill=\"" + tint.code() + "\" x=\"")
        .append(box.x() + "\" y=\"" + box.y() + "\" width=\"" + box.width() + "\" height=\"")
        .append(box.height() + "\"/>\n");
  }

  @Override
  public void text(Tint tint, At at, String text) {
    String anchor =
        switch (at.side()) {
          case LEFT -> "";
          case MIDDLE -> " text-anchor=\"middle\"";
          case RIGHT -> " text-anchor=\"end\"";
        };
    svg.append("<text class=\"" + tint.className() + "\" fill=\"" + tint.code() + "\" x=\"")
        .append(at.x() + "\" y=\"" + at.y() + "\" font-size=\"" + at.size() + "\"" + anchor)
        .append(at.bold() ? " font-weight=\"bold\">" : ">")
        .append(escaped(text) + "</text>\n");
  }

  /** All that was drawn. */
  String svg() {
    return svg + "</svg>\n";
  }
}
