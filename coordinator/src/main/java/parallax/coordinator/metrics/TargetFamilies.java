package parallax.coordinator.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import parallax.config.target.Target;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.kept.KeptLines;
import parallax.coordinator.metrics.kept.KeptTargets.Told;
import parallax.coordinator.metrics.text.Family;
import parallax.coordinator.metrics.text.PromText;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.maintenance.Windows;

/** What is told of targets: as many samples as there are targets, and more. */
final class TargetFamilies {
  /** The most samples of one target, whatever the number of regions that look at it. */
  static final int MAX_SAMPLES = 14;

  private static final PromText.Type GAUGE = PromText.Type.GAUGE;
  private static final String UP = "parallax_target_up";
  private static final String STATE = "parallax_target_state";
  private static final String UPTIME = "parallax_uptime_ratio";
  private static final byte[] UP_BYTES = PromText.encoded(UP);
  private static final byte[] STATE_BYTES = PromText.encoded(STATE);
  private static final byte[] UPTIME_BYTES = PromText.encoded(UPTIME);
  private static final TargetState[] STATES = TargetState.values();
  private static final byte[][] STATE_ENDS = ends("state", STATES, TargetState::name);
  private static final Window[] WINDOWS = Window.values();
  private static final byte[][] WINDOW_ENDS = ends("window", WINDOWS, Window::label);

  private TargetFamilies() {}

  static List<Family<?>> of(Snapshot snapshot, List<Told> targets) {
    Rare rare = new Rare(targets);
    return List.of(
        new Family<>(
            UP,
            GAUGE,
            "1 when up or degraded, 0 when down; absent while unknown.",
            targets,
            TargetFamilies::up),
        new Family<>(
            STATE,
            GAUGE,
            "1 for the state a target is in, else 0.",
            targets,
            TargetFamilies::states),
        new Family<>(
            "parallax_target_info",
            PromText.Type.INFO,
            "The labels of a target, as label_NAME.",
            targets,
            TargetFamilies::info),
        uptimes(snapshot, targets),
        expiry(
            "parallax_certificate_expiry_timestamp_seconds",
            "When the certificate that was seen last ends, in seconds since the epoch.",
            rare::certificates),
        expiry(
            "parallax_dnssec_signature_expiry_timestamp_seconds",
            "When the first DNSSEC signature of the zone ends, in seconds since the epoch.",
            rare::signatures),
        Family.whole(text -> registrations(text, rare)),
        Family.whole(text -> routes(text, rare)));
  }

  private static void up(PromText text, Told told) {
    TargetState state = told.view().verdict().state();
    if (state != TargetState.UNKNOWN) {
      told.lines().sample(text, UP_BYTES).text(state == TargetState.DOWN ? "0\n" : "1\n");
    }
  }

  private static void states(PromText text, Told told) {
    TargetState state = told.view().verdict().state();
    told.lines()
        .states(
            text,
            state,
            anew -> {
              for (int i = 0; i < STATES.length; i++) {
                told.lines()
                    .open(anew, STATE_BYTES)
                    .bytes(STATE_ENDS[i])
                    .text(state == STATES[i] ? "1\n" : "0\n");
              }
            });
  }

  private static void info(PromText text, Told told) {
    Target target = told.view().target();
    told.lines().labels(text, target.labels(), anew -> info(anew, target));
  }

  private static void info(PromText text, Target target) {
    List<String> labels = new ArrayList<>();
    labels.add("target");
    labels.add(target.name().value());
    for (Map.Entry<String, String> label : target.labels().entrySet()) {
      labels.add("label_" + label.getKey());
      labels.add(label.getValue());
    }
    text.sample("parallax_target_info", PromText.labels(labels.toArray(String[]::new)), 1L);
  }

  private static Family<?> uptimes(Snapshot snapshot, List<Told> targets) {
    Instant now = snapshot.at();
    Windows apart = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    return new Family<>(
        UPTIME,
        GAUGE,
        "Share of the known time of a window, outside of maintenance, in which a target was up.",
        targets,
        (text, told) -> {
          Spans spans = apart.of(told.view().target());
          double[] ratios = new double[WINDOWS.length];
          for (int i = 0; i < WINDOWS.length; i++) {
            ratios[i] = told.view().uptime().ratio(WINDOWS[i], now, spans).orElse(Double.NaN);
          }
          told.lines()
              .uptimes(text, new KeptLines.Numbers(ratios), anew -> uptimes(anew, told, ratios));
        });
  }

  private static void uptimes(PromText text, Told told, double[] ratios) {
    for (int i = 0; i < WINDOWS.length; i++) {
      if (!Double.isNaN(ratios[i])) {
        told.lines().open(text, UPTIME_BYTES).bytes(WINDOW_ENDS[i]).number(ratios[i]).line();
      }
    }
  }

  private static Family<?> expiry(String name, String help, Iterable<Rare.Expiry> expiries) {
    byte[] bytes = PromText.encoded(name);
    return new Family<>(
        name,
        GAUGE,
        help,
        expiries,
        (text, expiry) ->
            expiry.lines().sample(text, bytes).number(expiry.at().getEpochSecond()).line());
  }

  private static void registrations(PromText text, Rare rare) {
    text.family(
        "parallax_registration_expiry_timestamp_seconds",
        GAUGE,
        "When the registration of the domain ends, in seconds since the epoch.");
    rare.registrations()
        .forEach(
            (domain, seen) ->
                text.sample(
                    "parallax_registration_expiry_timestamp_seconds",
                    PromText.labels("domain", domain),
                    seen.expiry().orElseThrow().getEpochSecond()));
  }

  private static void routes(PromText text, Rare rare) {
    text.family(
        "parallax_bgp_visibility_ratio",
        GAUGE,
        "Share of the peers of route collectors that have the prefix; absent while unknown.");
    rare.routes()
        .forEach(
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

  private static <T> byte[][] ends(String label, T[] values, Function<T, String> word) {
    byte[][] ends = new byte[values.length][];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = PromText.encoded("," + label + "=\"" + word.apply(values[i]) + "\"} ");
    }
    return ends;
  }
}
