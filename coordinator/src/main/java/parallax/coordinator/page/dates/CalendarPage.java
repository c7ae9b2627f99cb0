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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parallax.config.target.TargetName;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.words.Say;

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

  private final Frame frame;
  private final Say say;

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
    say = frame.say();
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    Endings endings = Endings.of(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>" + say.html("calendar.title") + "</h1><p class=\"note\">")
        .append(say.html("calendar.note") + " ")
        .append(link(part.query("/calendar.ics"), "iCalendar") + "</p>");
    form(html, part);
    List<Ending> known = endings.known();
    int from = Math.min(known.size(), part.page() * PAGE);
    List<Ending> shown = known.subList(from, Math.min(known.size(), from + PAGE));
    int not = endings.unknown().size();
    html.append("<p role=\"status\">")
        .append(say.html(known.size() == 1 ? "calendar.known.one" : "calendar.known", known.size()))
        .append(say.html(not == 1 ? "calendar.not.one" : "calendar.not", not) + "</p>");
    months(html, shown, snapshot.at());
    html.append(
        part.page() > 0
            ? "<p>" + link(part.place(part.page() - 1), say.of("calendar.earlier"))
            : "<p>");
    boolean more = from + PAGE < known.size() && part.page() < MAX_PAGE;
    if (more) {
      html.append(" " + link(part.place(part.page() + 1), say.of("calendar.later")));
    }
    html.append("</p>\n");
    unknown(html, endings.unknown());
    return frame.around(new Frame.About(say.of("calendar.title"), "/calendar", false), html);
  }

  private void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/calendar\" method=\"get\" role=\"search\">")
        .append("<label>" + say.html("form.label") + " <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>" + say.html("form.search") + "</button></form>\n");
  }

  private void months(StringBuilder html, List<Ending> shown, Instant now) {
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
          String name = say.of("month." + month.getMonthValue(), String.valueOf(month.getYear()));
          html.append("<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">")
              .append(escaped(name) + "</h2>")
              .append(
                  Html.table(
                      say,
                      say.of("calendar.endsIn", name),
                      "ends",
                      "what",
                      "name",
                      "by",
                      "targets"))
              .append(rows + "</tbody></table></section>\n");
        });
  }

  private void row(StringBuilder rows, Ending ending, Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    String in = say.html(left.isNegative() ? "over" : "in", say.core().of(left));
    String word =
        left.isNegative()
            ? "<span class=\"down\">" + in + "</span>"
            : left.compareTo(SOON) < 0 ? "<span class=\"degraded\">" + in + "</span>" : in;
    rows.append("<tr>" + markup(say, "ends", time(end) + " " + word))
        .append(cell(say, "what", ending.kind().in(say)) + cell(say, "name", ending.name()))
        .append(cell(say, "by", ending.by()) + markup(say, "targets", targets(ending.targets())))
        .append("</tr>\n");
  }

  private String targets(List<TargetName> targets) {
    List<String> links =
        targets.stream()
            .limit(MAX_TARGETS)
            .map(name -> link(ofTarget(name.value()), name.value()))
            .toList();
    int more = targets.size() - MAX_TARGETS;
    String named = String.join(say.html("list.comma"), links);
    return more > 0 ? say.html("list.more", named, more) : named;
  }

  private void unknown(StringBuilder html, List<Ending> unknown) {
    if (unknown.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"unknown\"><h2 id=\"unknown\">")
        .append(say.html("calendar.unknown") + "</h2>")
        .append(Html.table(say, say.of("calendar.noEnd"), "what", "name", "why", "targets"));
    for (Ending ending : unknown.stream().limit(MAX_UNKNOWN).toList()) {
      String what = "<span class=\"unknown\">" + ending.kind().in(say) + "</span>";
      html.append("<tr>" + markup(say, "what", what))
          .append(cell(say, "name", ending.name()) + cell(say, "why", say.known(ending.by())))
          .append(markup(say, "targets", targets(ending.targets())) + "</tr>\n");
    }
    html.append("</tbody></table>");
    int more = unknown.size() - MAX_UNKNOWN;
    html.append(more > 0 ? "<p>" + say.html("more", more) + "</p>" : "").append("</section>\n");
  }
}
