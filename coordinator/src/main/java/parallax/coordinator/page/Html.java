package parallax.coordinator.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import parallax.coordinator.core.verdict.TargetState;

/** Pieces of HTML. Everything that is not written here goes through {@link #escaped}. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String time(Instant at) {
    String iso = at.truncatedTo(ChronoUnit.SECONDS).toString();
    String shown = iso.replace('T', ' ').replace("Z", " UTC");
    return "<time datetime=\"" + iso + "\">" + shown + "</time>";
  }

  /** A cell of a table that is headed so; narrow screens show the heading in the cell. */
  static String cell(String label, String text) {
    return text.isEmpty()
        ? "<td></td>"
        : "<td data-label=\"" + label + "\">" + escaped(text) + "</td>";
  }

  /** The class that colours a state. */
  static String colour(TargetState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
