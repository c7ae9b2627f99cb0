package parallax.coordinator.page.dates;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofTarget;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import parallax.config.target.TargetName;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Words;

/** Names and certificates by the month in which they run out; months are those of UTC. */
public final class CalendarPage {
  /** Rows on one page. */
  public static final int PAGE = 200;

  /** Pages beyond this are not shown. */
  public static final int MAX_PAGE = 1000;

  /** Of more that are not known than this the further ones are counted. */
  static final int MAX_UNKNOWN = 200;

  /** Of more targets of one row than this the further ones are counted. */
  static final int MAX_TARGETS = 5;

  /** What ends within this time is marked. */
  private static final Duration SOON = Duration.ofDays(21);

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  private final Frame frame;

  /**
   * Which part of it.
   *
   * @param page the first is 0, at most {@link #MAX_PAGE}
   */
  public record Part(LabelFilter label, int page) {
    private String place(int other) {
      return query("/calendar") + (label.label().isEmpty() ? "?" : "&") + "page=" + other;
    }

    private String query(String path) {
      return label.label().isEmpty() ? path : path + "?label=" + encoded(label.label());
    }
  }

  public CalendarPage(Frame frame) {
    this.frame = frame;
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    Endings endings = Endings.of(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>What will run out</h1><p class=\"note\">Registrations of names and ")
        .append("certificates, as probes saw them last. Subscribe to it as a calendar: ")
        .append(link(part.query("/calendar.ics"), "iCalendar") + "</p>");
    form(html, part);
    List<Ending> known = endings.known();
    int from = Math.min(known.size(), part.page() * PAGE);
    List<Ending> shown = known.subList(from, Math.min(known.size(), from + PAGE));
    html.append("<p role=\"status\">" + known.size())
        .append(known.size() == 1 ? " date is known, " : " dates are known, ")
        .append(endings.unknown().size())
        .append(endings.unknown().size() == 1 ? " is not</p>" : " are not</p>");
    months(html, shown, snapshot.at());
    html.append(part.page() > 0 ? "<p>" + link(part.place(part.page() - 1), "Earlier") : "<p>");
    boolean more = from + PAGE < known.size() && part.page() < MAX_PAGE;
    html.append(more ? " " + link(part.place(part.page() + 1), "Later") : "").append("</p>\n");
    unknown(html, endings.unknown());
    return frame.around(new Frame.About("What will run out", "/calendar", false), html);
  }

  private static void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/calendar\" method=\"get\" role=\"search\">")
        .append("<label>Label, as key:value <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>Search</button></form>\n");
  }

  private static void months(StringBuilder html, List<Ending> shown, Instant now) {
    Map<YearMonth, StringBuilder> months = new TreeMap<>();
    for (Ending ending : shown) {
      ending
          .end()
          .ifPresent(
              end ->
                  row(
                      months.computeIfAbsent(
                          YearMonth.from(end.atZone(ZoneOffset.UTC)), _ -> new StringBuilder()),
                      ending,
                      end,
                      now));
    }
    months.forEach(
        (month, rows) -> {
          String id = "m" + month;
          html.append("<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">")
              .append(month.format(MONTH) + "</h2>")
              .append(
                  Html.table(
                      "Ends in " + month.format(MONTH), "Ends", "What", "Name", "By", "Targets"))
              .append(rows + "</tbody></table></section>\n");
        });
  }

  private static void row(StringBuilder rows, Ending ending, Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    String word =
        left.isNegative()
            ? "<span class=\"down\">over</span>"
            : left.compareTo(SOON) < 0
                ? "<span class=\"degraded\">in " + Words.of(left) + "</span>"
                : "in " + Words.of(left);
    rows.append("<tr>" + markup("Ends", time(end) + " " + word))
        .append(cell("What", ending.kind().words()) + cell("Name", ending.name()))
        .append(cell("By", ending.by()) + markup("Targets", targets(ending.targets())))
        .append("</tr>\n");
  }

  private static String targets(List<TargetName> targets) {
    List<String> links =
        targets.stream()
            .limit(MAX_TARGETS)
            .map(name -> link(ofTarget(name.value()), name.value()))
            .toList();
    int more = targets.size() - MAX_TARGETS;
    return String.join(", ", links) + (more > 0 ? " and " + more + " more" : "");
  }

  private static void unknown(StringBuilder html, List<Ending> unknown) {
    if (unknown.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"unknown\"><h2 id=\"unknown\">Not known</h2>")
        .append(Html.table("Of these no end is known", "What", "Name", "Why", "Targets"));
    for (Ending ending : unknown.stream().limit(MAX_UNKNOWN).toList()) {
      String what = "<span class=\"unknown\">" + ending.kind().words() + "</span>";
      html.append("<tr>" + markup("What", what))
          .append(cell("Name", ending.name()) + cell("Why", ending.by()))
          .append(markup("Targets", targets(ending.targets())) + "</tr>\n");
    }
    html.append("</tbody></table>");
    int more = unknown.size() - MAX_UNKNOWN;
    html.append(more > 0 ? "<p>and " + more + " more</p>" : "").append("</section>\n");
  }
}
