package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.ProbeName;
import parallax.coordinator.page.FleetStrip;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.OwnSide;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;

/** The probes: how they do, and whether what they say counts. */
public final class ProbesPage {
  /** More probes than this are only in the API. */
  static final int MAX_ROWS = 500;

  private final Frame frame;

  public ProbesPage(Frame frame) {
    this.frame = frame;
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, List<ProbeConnection> streams) {
    SortedMap<ProbeName, ProbeConnection> connections = ProbeConnection.byProbe(streams);
    SortedMap<ProbeName, ProbeView> views = new TreeMap<>();
    // Who is connected and has seen nothing yet is a probe, too.
    connections.forEach(
        (name, stream) -> views.put(name, ProbeView.unheard(stream.vantage(), stream.heard())));
    snapshot.probes().forEach(view -> views.put(view.vantage().probe(), view));
    StringBuilder html = new StringBuilder(8192);
    html.append("<h1>Probes</h1>");
    OwnSide ownSide = new OwnSide(snapshot);
    ownSide.write(html);
    if (views.isEmpty()) {
      html.append("<p>No probe was heard yet.</p>");
      return frame.around(new Frame.About("Probes", "/probes"), html);
    }
    html.append(
        Html.table(
            "Probes that were heard since the start, or are connected",
            "Probe",
            "Place",
            "How it does",
            "Last heard",
            "Lag",
            "Clock",
            "Waiting there",
            "Software",
            "Looks"));
    for (ProbeView probe : views.values().stream().limit(MAX_ROWS).toList()) {
      row(
          html,
          probe,
          Optional.ofNullable(connections.get(probe.vantage().probe())),
          new Judged(FleetStrip.health(probe, snapshot, ownSide), ownSide));
    }
    html.append("</tbody></table>");
    int more = views.size() - MAX_ROWS;
    html.append(more > 0 ? "<p>and " + more + " more</p>" : "")
        .append("<p>As JSON: <a href=\"/api/v1/probes\">probes</a></p>");
    return frame.around(new Frame.About("Probes", "/probes"), html);
  }

  private record Judged(FleetStrip.Health health, OwnSide ownSide) {}

  private static void row(
      StringBuilder html, ProbeView probe, Optional<ProbeConnection> stream, Judged judged) {
    String name = probe.vantage().probe().value();
    String network = probe.vantage().asn().map(asn -> ", AS" + asn).orElse("");
    Optional<ProbeConnection.Clock> clock = stream.flatMap(ProbeConnection::clock);
    Duration ahead = clock.map(ProbeConnection.Clock::ahead).orElse(Duration.ZERO);
    html.append("<tr id=\"" + escaped(name) + "\"><td>" + escaped(name) + "</td>")
        .append(cell("Place", probe.vantage().region() + network))
        .append(markup("How it does", health(probe, judged)))
        .append(markup("Last heard", time(probe.lastHeard())))
        .append(cell("Lag", probe.lag(ahead).map(ProbesPage::seconds).orElse("")))
        .append(cell("Clock", clock.map(ProbesPage::clock).orElse("")))
        .append(cell("Waiting there", stream.map(ProbesPage::waiting).orElse("")))
        .append(cell("Software", stream.map(ProbesPage::software).orElse("")))
        .append(cell("Looks", looks(probe)) + "</tr>\n");
  }

  private static String health(ProbeView probe, Judged judged) {
    FleetStrip.Health health = judged.health();
    String words = "<span class=\"" + health.colour() + "\">" + health.words() + "</span>";
    return switch (health) {
      case WELL -> words;
      case SILENT, SICK -> words + ": " + Html.dated(judged.ownSide().reason(probe.vantage()));
    };
  }

  private static String clock(ProbeConnection.Clock clock) {
    String side = clock.ahead().isNegative() ? " behind" : " ahead";
    return seconds(clock.ahead().abs()) + side + ", ± " + seconds(clock.roundTrip().dividedBy(2));
  }

  private static String waiting(ProbeConnection stream) {
    long dropped = stream.drops().values().stream().mapToLong(Long::longValue).sum();
    return stream.spool().map(spool -> spool.observations() + " looks").orElse("")
        + (dropped > 0 ? ", " + dropped + " dropped" : "");
  }

  private static String software(ProbeConnection stream) {
    int left = stream.notSupported().size();
    return stream.software()
        + ", "
        + stream.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " at "
        + stream.coordinator()
        + (left > 0 ? "; leaves out: " + left : "");
  }

  private static String looks(ProbeView probe) {
    return "%d up, %d degraded, %d down, %d could not tell"
        .formatted(probe.up(), probe.degraded(), probe.down(), probe.inconclusive());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
  }
}
