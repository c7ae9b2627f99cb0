package parallax.coordinator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.Layer;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.policy.Receiver;
import parallax.config.wire.DropCause;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.metrics.text.Family;
import parallax.coordinator.metrics.text.PromText;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;

/** What is told of incidents, probes and receivers: few of each, so families are written whole. */
final class FleetFamilies {
  private static final PromText.Type GAUGE = PromText.Type.GAUGE;

  private FleetFamilies() {}

  static List<Family<?>> of(Snapshot snapshot, List<ProbeConnection> connections) {
    return List.of(
        Family.whole(text -> incidents(text, snapshot)),
        Family.whole(text -> probes(text, snapshot)),
        Family.whole(text -> streams(text, snapshot, connections)),
        Family.whole(text -> receivers(text, snapshot)));
  }

  private static void incidents(PromText text, Snapshot snapshot) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Scope scope : Scope.values()) {
      for (Layer layer : Layer.values()) {
        counts.put(PromText.labels("scope", scope.name(), "layer", layer.name()), 0L);
      }
    }
    snapshot.open().stream()
        .filter(incident -> incident.subject() == Incident.Subject.SERVICE)
        .forEach(
            incident ->
                counts.merge(
                    PromText.labels(
                        "scope",
                        incident.scope().name(),
                        "layer",
                        incident.cause().layer().map(Layer::name).orElse("")),
                    1L,
                    Long::sum));
    text.family("parallax_incident_open", GAUGE, "Open incidents.");
    counts.forEach((labels, count) -> text.sample("parallax_incident_open", labels, count));
    text.family("parallax_vantage_trouble_open", GAUGE, "Open troubles of our own probes.");
    long ours =
        snapshot.open().stream()
            .filter(incident -> incident.subject() == Incident.Subject.VANTAGE)
            .count();
    text.sample("parallax_vantage_trouble_open", "", ours);
  }

  private static void probes(PromText text, Snapshot snapshot) {
    text.family("parallax_probe_up", GAUGE, "1 while a probe is heard, else 0.");
    Instant since = snapshot.heardSince();
    for (ProbeView probe : snapshot.probes()) {
      long heard = Snapshot.isHeard(probe, since) ? 1 : 0;
      text.sample("parallax_probe_up", labels(probe.vantage()), heard);
    }
    text.family(
        "parallax_observations_total", PromText.Type.COUNTER, "Observations that were taken in.");
    for (ProbeView probe : snapshot.probes()) {
      observations(text, probe, "up", probe.up());
      observations(text, probe, "degraded", probe.degraded());
      observations(text, probe, "down", probe.down());
      observations(text, probe, "inconclusive", probe.inconclusive());
    }
  }

  private static void receivers(PromText text, Snapshot snapshot) {
    String name = "parallax_receiver_up";
    text.family(name, GAUGE, "1 while what is told arrives at a receiver, 0 from a failure on.");
    for (Receiver receiver : snapshot.configuration().receivers()) {
      boolean up = !snapshot.failing().containsKey(receiver.name());
      text.sample(name, PromText.labels("receiver", receiver.name()), up ? 1L : 0L);
    }
  }

  private static String labels(Vantage vantage) {
    return PromText.labels("probe", vantage.probe().value(), "region", vantage.region().value());
  }

  /** What is no longer connected has no figures. */
  private static void streams(PromText text, Snapshot snapshot, List<ProbeConnection> connections) {
    SortedMap<ProbeName, ProbeConnection> open =
        ProbeConnection.byProbe(connections.stream().filter(each -> !each.isGone()).toList());
    String lag = "parallax_probe_lag_seconds";
    text.family(lag, GAUGE, "How late the newest observation of a probe was taken in.");
    for (ProbeView probe : snapshot.probes()) {
      Optional<ProbeConnection> stream = Optional.ofNullable(open.get(probe.vantage().probe()));
      Duration ahead =
          stream
              .flatMap(ProbeConnection::clock)
              .map(ProbeConnection.Clock::ahead)
              .orElse(Duration.ZERO);
      probe.lag(ahead).ifPresent(late -> text.sample(lag, labels(probe.vantage()), seconds(late)));
    }
    String offset = "parallax_probe_clock_offset_seconds";
    text.family(offset, GAUGE, "How far the clock of a probe is ahead; negative when behind.");
    open.values()
        .forEach(
            each ->
                each.clock()
                    .ifPresent(
                        clock ->
                            text.sample(offset, labels(each.vantage()), seconds(clock.ahead()))));
    String spool = "parallax_probe_spool_observations";
    text.family(spool, GAUGE, "Observations that wait at a probe to be handed over.");
    open.values()
        .forEach(
            each ->
                each.spool()
                    .ifPresent(
                        waiting ->
                            text.sample(spool, labels(each.vantage()), waiting.observations())));
    String dropped = "parallax_probe_dropped_observations_total";
    text.family(
        dropped, PromText.Type.COUNTER, "Observations that a probe never handed over in its run.");
    open.values().forEach(each -> dropped(text, dropped, each));
  }

  /** Each cause from nought, so that the first loss is an increase. */
  private static void dropped(PromText text, String name, ProbeConnection stream) {
    SortedMap<String, Long> byCause = new TreeMap<>();
    for (DropCause cause : DropCause.values()) {
      byCause.put(cause.name().toLowerCase(Locale.ROOT), 0L);
    }
    stream
        .drops()
        .forEach(
            (kind, count) ->
                byCause.merge(kind.cause().name().toLowerCase(Locale.ROOT), count, Long::sum));
    byCause.forEach(
        (cause, count) ->
            text.sample(
                name,
                PromText.labels(
                    "probe",
                    stream.vantage().probe().value(),
                    "region",
                    stream.vantage().region().value(),
                    "cause",
                    cause),
                count));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private static void observations(PromText text, ProbeView probe, String outcome, long count) {
    String labels = PromText.labels("probe", probe.vantage().probe().value(), "outcome", outcome);
    text.sample("parallax_observations_total", labels, count);
  }
}
