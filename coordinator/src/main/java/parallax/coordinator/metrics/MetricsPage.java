package parallax.coordinator.metrics;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.policy.Receiver;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Windows;

/**
 * The page that Prometheus scrapes, made from the snapshot that readers see: what is no longer
 * configured is no longer on it.
 */
public final class MetricsPage {
  private static final int FIRST_LENGTH = 64 * 1024;

  /** Room for growth since the last page, as a divisor of its length. */
  private static final int GROWTH = 16;

  private static final PromText.Type GAUGE = PromText.Type.GAUGE;

  private final Overview overview;
  private final CheckDurations durations;
  private final Meters meters;
  private final Supplier<List<Tally>> tallies;
  private volatile int lastLength = FIRST_LENGTH;

  public MetricsPage(
      Overview overview, CheckDurations durations, Meters meters, List<Tally> tallies) {
    this(overview, durations, meters, () -> tallies);
  }

  /** The same, with counters that come later. */
  public MetricsPage(
      Overview overview, CheckDurations durations, Meters meters, Supplier<List<Tally>> tallies) {
    this.overview = overview;
    this.durations = durations;
    this.meters = meters;
    this.tallies = tallies;
  }

  /** The page as of now, in UTF-8. */
  public Buffer render(PromText.Format format) {
    PromText text = new PromText(format, lastLength + lastLength / GROWTH);
    Snapshot snapshot = overview.snapshot();
    targets(text, snapshot);
    uptime(text, snapshot);
    ObjectiveMetrics.write(text, snapshot);
    certificates(text, snapshot);
    signatures(text, snapshot);
    registrations(text, snapshot);
    routes(text, snapshot);
    incidents(text, snapshot);
    probes(text, snapshot);
    streams(text, snapshot);
    receivers(text, snapshot);
    durations.write(text);
    configuration(text, overview.configuration());
    tallies.get().forEach(tally -> tally(text, tally));
    text.verbatim(meters.text(format));
    Buffer page = text.page();
    lastLength = page.length();
    return page;
  }

  private static void targets(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_target_up", GAUGE, "1 when up or degraded, 0 when down; absent while unknown.");
    for (TargetView view : snapshot.targets()) {
      TargetState state = view.verdict().state();
      if (state != TargetState.UNKNOWN) {
        text.sample("parallax_target_up", open(view), "}", state == TargetState.DOWN ? 0L : 1L);
      }
    }
    text.family("parallax_target_state", GAUGE, "1 for the state a target is in, else 0.");
    TargetState[] states = TargetState.values();
    String[] ends = new String[states.length];
    for (int i = 0; i < states.length; i++) {
      ends[i] = ",state=\"" + states[i] + "\"}";
    }
    for (TargetView view : snapshot.targets()) {
      String open = open(view);
      for (int i = 0; i < states.length; i++) {
        long value = view.verdict().state() == states[i] ? 1 : 0;
        text.sample("parallax_target_state", open, ends[i], value);
      }
    }
  }

  private static void uptime(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_uptime_ratio",
        GAUGE,
        "Share of the known time of a window, outside of maintenance, in which a target was up.");
    Instant now = snapshot.at();
    Windows apart = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    for (TargetView view : snapshot.targets()) {
      String open = open(view);
      for (Window window : Window.values()) {
        view.uptime()
            .ratio(window, now, apart.of(view.target()))
            .ifPresent(
                ratio ->
                    text.sample(
                        "parallax_uptime_ratio",
                        open,
                        ",window=\"" + window.label() + "\"}",
                        ratio));
      }
    }
  }

  private static void registrations(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_registration_expiry_timestamp_seconds",
        GAUGE,
        "When the registration of the domain ends, in seconds since the epoch.");
    SortedMap<String, Facts.RegistrationSeen> newest = new TreeMap<>();
    for (TargetView view : snapshot.targets()) {
      view.registration()
          .filter(seen -> seen.expiry().isPresent())
          .ifPresent(
              seen ->
                  newest.merge(seen.domain(), seen, (a, b) -> a.asOf().isBefore(b.asOf()) ? b : a));
    }
    newest.forEach(
        (domain, seen) ->
            text.sample(
                "parallax_registration_expiry_timestamp_seconds",
                PromText.labels("domain", domain),
                seen.expiry().orElseThrow().getEpochSecond()));
  }

  private static void routes(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_bgp_visibility_ratio",
        GAUGE,
        "Share of the peers of route collectors that have the prefix; absent while unknown.");
    SortedMap<String, TargetView.RouteLook> best = new TreeMap<>();
    for (TargetView view : snapshot.targets()) {
      for (TargetView.RouteLook look : view.routes()) {
        best.merge(look.route().prefix(), look, TargetView.RouteLook::better);
      }
    }
    best.forEach(
        (prefix, look) ->
            look.route()
                .sight()
                .ifPresent(
                    sight ->
                        text.sample(
                            "parallax_bgp_visibility_ratio",
                            PromText.labels("prefix", prefix),
                            sight.visibility())));
  }

  private static void certificates(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_certificate_expiry_timestamp_seconds",
        GAUGE,
        "When the certificate that was seen last ends, in seconds since the epoch.");
    for (TargetView view : snapshot.targets()) {
      view.certificateExpiry()
          .ifPresent(
              expiry ->
                  text.sample(
                      "parallax_certificate_expiry_timestamp_seconds",
                      open(view),
                      "}",
                      expiry.getEpochSecond()));
    }
  }

  private static void signatures(PromText text, Snapshot snapshot) {
    text.family(
        "parallax_dnssec_signature_expiry_timestamp_seconds",
        GAUGE,
        "When the first DNSSEC signature of the zone ends, in seconds since the epoch.");
    for (TargetView view : snapshot.targets()) {
      view.signatureExpiry()
          .ifPresent(
              expiry ->
                  text.sample(
                      "parallax_dnssec_signature_expiry_timestamp_seconds",
                      open(view),
                      "}",
                      expiry.getEpochSecond()));
    }
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
    for (ProbeView probe : snapshot.probes()) {
      text.sample("parallax_probe_up", labels(probe.vantage()), snapshot.isHeard(probe) ? 1L : 0L);
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
  private void streams(PromText text, Snapshot snapshot) {
    SortedMap<ProbeName, ProbeConnection> open =
        ProbeConnection.byProbe(
            overview.connections().stream().filter(each -> !each.isGone()).toList());
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

  private static void dropped(PromText text, String name, ProbeConnection stream) {
    SortedMap<String, Long> byCause = new TreeMap<>();
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

  private static void configuration(PromText text, ConfigurationStatus status) {
    text.family("parallax_config_info", PromText.Type.INFO, "The configuration in force.")
        .sample("parallax_config_info", PromText.labels("commit", status.commit()), 1L)
        .family(
            "parallax_config_last_reload_successful",
            GAUGE,
            "1 when what users wrote last is in force, 0 when it was refused.")
        .sample("parallax_config_last_reload_successful", "", status.isCurrent() ? 1L : 0L)
        .family(
            "parallax_config_last_reload_success_timestamp_seconds",
            GAUGE,
            "When the configuration in force was loaded, in seconds since the epoch.")
        .sample(
            "parallax_config_last_reload_success_timestamp_seconds",
            "",
            status.loadedAt().getEpochSecond());
  }

  private static void tally(PromText text, Tally tally) {
    text.family(tally.name(), PromText.Type.COUNTER, tally.help());
    tally
        .values()
        .forEach(
            (values, count) -> {
              String[] labels = new String[values.size() * 2];
              for (int i = 0; i < values.size(); i++) {
                labels[2 * i] = tally.labels().get(i);
                labels[2 * i + 1] = values.get(i);
              }
              text.sample(tally.name(), labels.length == 0 ? "" : PromText.labels(labels), count);
            });
  }

  private static String open(TargetView view) {
    return "{target=\"" + view.target().name().value() + "\"";
  }
}
