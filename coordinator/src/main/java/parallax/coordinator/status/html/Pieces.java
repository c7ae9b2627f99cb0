package parallax.coordinator.status.html;

import static parallax.coordinator.status.words.Xml.escaped;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.words.Texts;

/** What the public pages share. Everything that is not written here goes through an escape. */
final class Pieces {
  private static final String SVG =
      "<svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" fill=\"none\""
          + " stroke=\"currentcolor\" stroke-width=\"2\">";

  private Pieces() {}

  /** The beginning of a document, up to and with the start of its body. */
  static String head(Texts texts, String title, String more, String body) {
    return "<!DOCTYPE html>\n<html lang=\""
        + texts.language().tag()
        + "\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
        + escaped(title)
        + "</title>"
        + more
        + "<style>"
        + Style.TEXT
        + "</style></head>"
        + body;
  }

  /** A sign whose shape tells what its colour does. */
  static String icon(ServiceState state) {
    String shape =
        switch (state) {
          case UP -> "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path d=\"M4.5 8.5l2.5 2.5 4.5-5.5\"/>";
          case DEGRADED -> "<path d=\"M8 1.5L15 14.5H1zM8 6v4M8 11.5v1.5\"/>";
          case DOWN -> "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path d=\"M5 5l6 6M11 5l-6 6\"/>";
          case UNKNOWN ->
              "<circle cx=\"8\" cy=\"8\" r=\"7\" stroke-dasharray=\"3 2\"/>"
                  + "<path d=\"M6 6.2a2 2 0 1 1 2 2.3v1M8 11v1.5\"/>";
          case MAINTENANCE ->
              "<path d=\"M2 14l6-6M14.5 4.5a4 4 0 0 1-6 3.8 4 4 0 0 1 3-6.8L10 4l2 2z\"/>";
        };
    return SVG + shape + "</svg>";
  }

  /** A state in words, with its sign. */
  static String state(ServiceState state, Texts texts) {
    return "<span class=\"state "
        + state.word()
        + "\">"
        + icon(state)
        + escaped(texts.of(state))
        + "</span>";
  }

  /** An instant. */
  static String time(Instant at, Texts texts) {
    return "<time datetime=\""
        + at.truncatedTo(ChronoUnit.SECONDS)
        + "\">"
        + escaped(texts.of(at))
        + "</time>";
  }
}
