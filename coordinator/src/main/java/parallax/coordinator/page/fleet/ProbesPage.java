package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.ArrayList;
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
import parallax.coordinator.words.Say;

/** The probes: how they do, and whether what they say counts. */
public final class ProbesPage {
  /** More probes than this are only in the API. */
  static final int MAX_ROWS = 500;

  private final Frame frame;
  private final Say say;

  public ProbesPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
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
    html.append("<h1>" + say.html("nav.probes") + "</h1>");
    OwnSide ownSide = new OwnSide(snapshot, say);
    ownSide.write(html);
    if (views.isEmpty()) {
      html.append("<p>" + say.html("probes.none") + "</p>");
      return frame.around(new Frame.About(say.of("nav.probes"), "/probes"), html);
    }
    html.append(
        Html.table(
            say,
            say.of("probes.heard"),
            "probe",
            "place",
            "health",
            "heard",
            "lag",
            "clock",
            "waiting",
            "software",
            "looks"));
    for (ProbeView probe : views.values().stream().limit(MAX_ROWS).toList()) {
      row(
          html,
          probe,
          Optional.ofNullable(connections.get(probe.vantage().probe())),
          new Judged(FleetStrip.health(probe, snapshot, ownSide), ownSide));
    }
    html.append("</tbody></table>");
    int more = views.size() - MAX_ROWS;
    html.append(more > 0 ? "<p>" + say.html("more", more) + "</p>" : "")
        .append("<p>" + say.html("json") + " <a href=\"/api/v1/probes\">")
        .append(say.html("json.probes") + "</a></p>");
    return frame.around(new Frame.About(say.of("nav.probes"), "/probes"), html);
  }

  private record Judged(FleetStrip.Health health, OwnSide ownSide) {}

  private void row(
      StringBuilder html, ProbeView probe, Optional<ProbeConnection> stream, Judged judged) {
    String name = probe.vantage().probe().value();
    String network = probe.vantage().asn().map(asn -> ", AS" + asn).orElse("");
    Optional<ProbeConnection.Clock> clock = stream.flatMap(ProbeConnection::clock);
    Duration ahead = clock.map(ProbeConnection.Clock::ahead).orElse(Duration.ZERO);
    html.append("<tr id=\"" + escaped(name) + "\"><td>" + escaped(name) + "</td>")
        .append(cell(say, "place", probe.vantage().region() + network))
        .append(markup(say, "health", health(probe, judged)))
        .append(markup(say, "heard", time(probe.lastHeard())))
        .append(cell(say, "lag", probe.lag(ahead).map(ProbesPage::seconds).orElse("")))
        .append(cell(say, "clock", clock.map(this::clock).orElse("")))
        .append(cell(say, "waiting", stream.map(this::waiting).orElse("")))
        .append(cell(say, "software", stream.map(this::software).orElse("")))
        .append(cell(say, "looks", looks(probe)) + "</tr>\n");
  }

  private String health(ProbeView probe, Judged judged) {
    FleetStrip.Health health = judged.health();
    String words = "<span class=\"" + health.colour() + "\">" + health.in(say) + "</span>";
    return switch (health) {
      case WELL -> words;
      case SILENT, SICK ->
          say.html("known", words, Html.dated(judged.ownSide().reason(probe.vantage())));
    };
  }

  private String clock(ProbeConnection.Clock clock) {
    return say.of(
        clock.ahead().isNegative() ? "clock.behind" : "clock.ahead",
        seconds(clock.ahead().abs()),
        seconds(clock.roundTrip().dividedBy(2)));
  }

  private String looks(long count) {
    return say.of(Say.form("waiting.looks", count), count);
  }

  private String waiting(ProbeConnection stream) {
    long dropped = stream.drops().values().stream().mapToLong(Long::longValue).sum();
    List<String> told = new ArrayList<>();
    stream.spool().ifPresent(spool -> told.add(looks(spool.observations())));
    if (dropped > 0) {
      told.add(say.of("waiting.dropped", dropped));
    }
    return String.join(say.of("list.comma"), told);
  }

  private String software(ProbeConnection stream) {
    int left = stream.notSupported().size();
    String state = say.of("stream." + stream.state().name());
    String told = say.of("software", stream.software(), state, stream.coordinator());
    return left > 0 ? say.of("software.less", told, left) : told;
  }

  private String looks(ProbeView probe) {
    return say.of("looks.counts", probe.up(), probe.degraded(), probe.down(), probe.inconclusive());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
  }
}
