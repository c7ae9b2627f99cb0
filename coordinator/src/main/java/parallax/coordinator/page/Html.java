package parallax.coordinator.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.words.Say;

/**
 * Pieces of HTML. Everything that is not written here, or comes out of one of these, goes through
 * {@link #escaped}, in text and in attributes alike; attributes stand in double quotes.
 */
public final class Html {
  private static final Pattern MOMENT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

  private Html() {}

  /** Text that stands for itself, whatever is in it. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A moment, in UTC; scripts may show it in the reader's zone. */
  public static String time(Instant at) {
    String iso = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return "<time datetime=\"" + iso + "\">" + text(at) + "</time>";
  }

  /** Text in which moments, as {@link Instant} writes them, are shown as such. */
  public static String dated(String text) {
    return MOMENT
        .matcher(escaped(text))
        .replaceAll(found -> Matcher.quoteReplacement(moment(found.group())));
  }

  private static String moment(String written) {
    try {
      return time(Instant.parse(written));
    } catch (DateTimeParseException e) {
      return written;
    }
  }

  /** A moment as text alone, for places that can hold no element. */
  public static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /**
   * A cell of a table; narrow screens show the heading in the cell.
   *
   * @param column the last part of the name of a text {@code column.…}, which heads it
   */
  public static String cell(Say say, String column, String text) {
    return text.isEmpty() ? "<td></td>" : markup(say, column, escaped(text));
  }

  /** The same around what is HTML already. */
  public static String markup(Say say, String column, String html) {
    String label = say.heading(column);
    return "<td class=\"c-" + column + "\" data-label=\"" + label + "\">" + html + "</td>";
  }

  /**
   * The beginning of a table, up to its first row.
   *
   * @param columns as in {@link #cell}
   */
  public static String table(Say say, String caption, String... columns) {
    StringBuilder html = new StringBuilder("<table><caption>" + escaped(caption) + "</caption>");
    html.append("<thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">" + say.heading(column) + "</th>");
    }
    return html.append("</tr></thead><tbody>\n").toString();
  }

  /** A name and what it stands for, in a list of such. */
  public static String item(String name, String html) {
    return "<dt>" + escaped(name) + "</dt><dd>" + html + "</dd>";
  }

  /** A link to a place that is built from what {@link #encoded} gives. */
  public static String link(String place, String text) {
    return "<a href=\"" + escaped(place) + "\">" + escaped(text) + "</a>";
  }

  /** A state in words, with its colour and its sign. */
  public static String state(TargetState state) {
    return "<span class=\"state " + colour(state) + "\">" + state + "</span>";
  }

  /** The class that colours a state. */
  public static String colour(TargetState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A value as it stands in a path or a query (RFC 3986 section 2.1). */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Where the page of a target is. */
  public static String ofTarget(String name) {
    return "/targets/" + encoded(name);
  }

  /** Where the notebook of an incident is. */
  public static String ofIncident(IncidentId id) {
    return "/incidents/" + encoded(id.value());
  }
}
