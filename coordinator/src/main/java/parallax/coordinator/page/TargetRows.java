package parallax.coordinator.page;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.colour;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofTarget;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Windows;
import parallax.coordinator.words.Say;

/** Targets as rows of a table. */
public final class TargetRows {
  /** The worst first, those of one state by name. */
  public static final Comparator<TargetView> WORST_FIRST =
      Comparator.comparingInt((TargetView view) -> rank(view.verdict().state()))
          .thenComparing(view -> view.target().name());

  private static final int MAX_REGIONS = 16;

  private final Snapshot snapshot;
  private final Windows windows;
  private final OwnSide ownSide;
  private final Say say;

  /** Rows as of this moment. */
  public TargetRows(Snapshot snapshot, Say say) {
    this.snapshot = snapshot;
    this.say = say;
    ownSide = new OwnSide(snapshot, say);
    windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.DAY.length());
  }

  /** A whole table of these. */
  public void table(StringBuilder html, String caption, List<TargetView> rows) {
    table(html, caption, rows, 0, "");
  }

  /**
   * The same.
   *
   * @param explained under so many rows it is told why
   * @param opened the name of a target for which that is shown at once; empty for none
   */
  void table(
      StringBuilder html, String caption, List<TargetView> rows, int explained, String opened) {
    html.append(
        Html.table(say, caption, "target", "state", "cause", "whom", "regions", "since", "up"));
    int number = 0;
    for (TargetView view : rows) {
      boolean open = view.target().name().value().equals(opened);
      row(html, view);
      if (number < explained || open) {
        why(html, view, open);
      }
      number++;
    }
    html.append("</tbody></table>");
  }

  private void row(StringBuilder html, TargetView view) {
    Instant now = snapshot.at();
    Verdict verdict = view.verdict();
    String name = view.target().name().value();
    String quiet = quiet(view);
    html.append("<tr><td>" + link(ofTarget(name), name) + "</td>")
        .append("<td class=\"state " + colour(verdict.state()) + "\">" + verdict.state())
        .append(quiet.isEmpty() ? "" : "<br><span class=\"note\">" + quiet + "</span>")
        .append("</td>")
        .append(cell(say, "cause", cause(verdict)))
        .append(cell(say, "whom", forWhom(verdict)));
    String ago = say.core().of(Duration.between(verdict.since(), now));
    html.append(markup(say, "regions", regions(view.regions(now))))
        .append(markup(say, "since", time(verdict.since()) + " <span>(" + ago + ")</span>"))
        .append(cell(say, "up", uptime(view, now)))
        .append("</tr>\n");
  }

  private void why(StringBuilder html, TargetView view, boolean open) {
    String name = encoded(view.target().name().value());
    html.append("<tr class=\"why\" id=\"" + name + "\"><td colspan=\"7\">");
    new WhyPart(view.verdict(), ownSide, snapshot.at(), say)
        .write(html, open, "/?why=" + name + "#" + name);
    html.append("</td></tr>\n");
  }

  /** What broke first, or what is not as it should be. */
  private String cause(Verdict verdict) {
    return verdict
        .cause()
        .map(say.core()::of)
        .orElseGet(
            () -> Shortcoming.of(verdict).stream().findFirst().map(say.core()::but).orElse(""));
  }

  private String forWhom(Verdict verdict) {
    Interference blocked = Interference.of(verdict);
    return blocked.isLikely()
        ? say.core().of(blocked)
        : verdict.scope().map(scope -> say.core().of(scope, verdict.regions())).orElse("");
  }

  /** How it looks from each region, the worst first. */
  private String regions(List<RegionView> regions) {
    StringBuilder html = new StringBuilder();
    regions.stream()
        .sorted(Comparator.comparingInt(region -> rank(region.state())))
        .limit(MAX_REGIONS)
        .forEach(
            region ->
                html.append("<span class=\"" + colour(region.state()) + "\">")
                    .append(escaped(region.region().value()) + " " + region.state())
                    .append("</span> "));
    int more = regions.size() - MAX_REGIONS;
    return html.append(more > 0 ? say.html("more", more) : "").toString();
  }

  /** Why nobody is told of it now, and until when, in HTML. */
  private String quiet(TargetView view) {
    String maintained =
        windows
            .open(view.target())
            .map(open -> say.html("quiet.maintained", escaped(open.name()), time(open.until())))
            .orElse("");
    String silenced =
        snapshot
            .silence(view.target())
            .map(
                silence ->
                    say.html("quiet.silenced", time(silence.end()), escaped(silence.reason())))
            .orElse("");
    return maintained
        + (maintained.isEmpty() || silenced.isEmpty() ? "" : say.html("list.comma"))
        + silenced;
  }

  private String uptime(TargetView view, Instant now) {
    var ratio = view.uptime().ratio(Window.DAY, now, windows.of(view.target()));
    return ratio.isPresent() ? say.percent(ratio.getAsDouble()) : "";
  }

  /** The worst is 0. */
  public static int rank(TargetState state) {
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }
}
