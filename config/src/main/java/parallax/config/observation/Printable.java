package parallax.config.observation;

import parallax.config.text.PrintableText;

/** Makes text from outside harmless to show. */
public final class Printable {
  private Printable() {}

  /** See {@link PrintableText#bounded}. */
  public static String bounded(String text, int max) {
    return PrintableText.bounded(text, max);
  }
}
