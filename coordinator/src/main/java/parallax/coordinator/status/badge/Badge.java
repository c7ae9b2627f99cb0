package parallax.coordinator.status.badge;

import static parallax.coordinator.status.words.Xml.escaped;

import parallax.coordinator.status.model.ServiceState;

/**
 * A small picture of two parts: whose, and how it is. SVG 1.1 without scripts and styles.
 *
 * @param label whose
 * @param words how it is
 * @param colour of the second part, for whoever sees it
 * @param language of the words
 */
public record Badge(String label, String words, Colour colour, String language) {
  public static final String TYPE = "image/svg+xml";

  /** More characters are cut off in the picture, and stand in its title. */
  static final int MAX_SHOWN = 40;

  private static final int HEIGHT = 20;
  private static final int PADDING = 6;

  /** How wide letters are, in tenths of a pixel: about as Verdana has them. */
  private static final int NARROW = 40;

  private static final int USUAL = 68;
  private static final int BROAD = 90;
  private static final int FULL = 115;
  private static final String NARROW_ONES = " .,:;!|'ijlftr()[]-/I";
  private static final String BROAD_ONES = "mwMWQ%@&OGDHNU";

  /** From here on letters are as wide as they are high. */
  private static final int FIRST_FULL = 0x1100;

  /** White can be read on each of these (WCAG 2.2, 1.4.3). */
  public enum Colour {
    GOOD("#0a6b2d"),
    POOR("#8a5300"),
    BAD("#b3001b"),
    NONE("#57606a"),
    OTHER("#0b57a4");

    private final String code;

    Colour(String code) {
      this.code = code;
    }

    /** The colour of a state. */
    public static Colour of(ServiceState state) {
      return switch (state) {
        case UP -> GOOD;
        case DEGRADED -> POOR;
        case DOWN -> BAD;
        case UNKNOWN -> NONE;
        case MAINTENANCE -> OTHER;
      };
    }

    /** The colour of a share of the time, from 0 to 1. */
    public static Colour of(double uptime) {
      if (uptime >= 0.999) {
        return GOOD;
      }
      return uptime >= 0.98 ? POOR : BAD;
    }
  }

  /** The picture. */
  public String svg() {
    String left = cut(label);
    String right = cut(words);
    int leftText = width(left);
    int rightText = width(right);
    int middle = leftText + 2 * PADDING;
    int whole = middle + rightText + 2 * PADDING;
    String title = escaped(label + ": " + words);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + whole
        + "\" height=\""
        + HEIGHT
        + "\" role=\"img\" xml:lang=\""
        + language
        + "\" aria-label=\""
        + title
        + "\"><title>"
        + title
        + "</title>"
        + rect(0, middle, "#24292f")
        + rect(middle, whole - middle, colour.code)
        + "<g fill=\"#ffffff\" font-family=\"Verdana,DejaVu Sans,Noto Sans JP,sans-serif\""
        + " font-size=\"11\">"
        + text(PADDING, leftText, left)
        + text(middle + PADDING, rightText, right)
        + "</g></svg>\n";
  }

  private static String rect(int x, int width, String fill) {
    String size = "\" width=\"" + width + "\" height=\"" + HEIGHT;
    return "<rect x=\"" + x + size + "\" fill=\"" + fill + "\"/>";
  }

  private static String text(int x, int width, String text) {
    String place = "<text x=\"" + x + "\" y=\"14\" textLength=\"" + width + "\">";
    return place + escaped(text) + "</text>";
  }

  private static String cut(String text) {
    int[] shown = text.codePoints().limit(MAX_SHOWN + 1L).toArray();
    return shown.length <= MAX_SHOWN ? text : new String(shown, 0, MAX_SHOWN - 1) + "…";
  }

  private static int width(String text) {
    return Math.max(1, text.codePoints().map(Badge::tenths).sum() / 10);
  }

  private static int tenths(int letter) {
    if (letter >= FIRST_FULL) {
      return FULL;
    }
    if (NARROW_ONES.indexOf(letter) >= 0) {
      return NARROW;
    }
    return BROAD_ONES.indexOf(letter) >= 0 ? BROAD : USUAL;
  }
}
