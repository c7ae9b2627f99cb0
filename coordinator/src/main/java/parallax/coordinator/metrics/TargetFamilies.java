package parallax.coordinator.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.config.observation.Facts;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Windows;

/** What is told of targets: as many samples as there are targets, and more. */
final class TargetFamilies {
  /** The most samples of one target, whatever the number of regions that look at it. */
  static final int MAX_SAMPLES = 14;

  private static final PromText.Type GAUGE = PromText.Type.GAUGE;
  private static final String UP = "parallax_target_up";
  private static final String STATE = "parallax_target_state";
  private static final String UPTIME = "parallax_uptime_ratio";
  private static final byte[] NEXT = PromText.encoded("\"} ");

  private TargetFamilies() {}

  static List<Family<?>> of(Snapshot snapshot) {
    List<TargetView> targets = snapshot.targets();
    return List.of(
        new Family<>(
            UP,
            GAUGE,
            "1 when up or degraded, 0 when down; absent while unknown.",
            targets,
            TargetFamilies::up),
        states(targets),
        new Family<>(
            "parallax_target_info",
            PromText.Type.INFO,
            "The labels of a target, as label_NAME.",
            targets,
            TargetFamilies::info),
        uptimes(snapshot),
        expiry(
            "parallax_certificate_expiry_timestamp_seconds",
            "When the certificate that was seen last ends, in seconds since the epoch.",
            targets,
            TargetView::certificateExpiry),
        expiry(
            "parallax_dnssec_signature_expiry_timestamp_seconds",
            "When the first DNSSEC signature of the zone ends, in seconds since the epoch.",
            targets,
            TargetView::signatureExpiry),
        Family.whole(text -> registrations(text, targets)),
        Family.whole(text -> routes(text, targets)));
  }

  private static void up(PromText text, TargetView view) {
    TargetState state = view.verdict().state();
    if (state != TargetState.UNKNOWN) {
      open(text, UP, view).bytes(NEXT).text(state == TargetState.DOWN ? "0\n" : "1\n");
    }
  }

  private static Family<?> states(List<TargetView> targets) {
    TargetState[] states = TargetState.values();
    byte[][] ends = new byte[states.length][];
    for (int i = 0; i < states.length; i++) {
      ends[i] = PromText.encoded("\",state=\"" + states[i] + "\"} ");
    }
    return new Family<>(
        STATE,
        GAUGE,
        "1 for the state a target is in, else 0.",
        targets,
        (text, view) -> {
          for (int i = 0; i < states.length; i++) {
            open(text, STATE, view)
                .bytes(ends[i])
                .text(view.verdict().state() == states[i] ? "1\n" : "0\n");
          }
        });
  }

  private static void info(PromText text, TargetView view) {
    List<String> labels = new ArrayList<>();
    labels.add("target");
    labels.add(view.target().name().value());
    for (Map.Entry<String, String> label : view.target().labels().entrySet()) {
      labels.add("label_" + label.getKey());
      labels.add(label.getValue());
    }
    text.sample("parallax_target_info", PromText.labels(labels.toArray(String[]::new)), 1L);
  }

  private static Family<?> uptimes(Snapshot snapshot) {
    Instant now = snapshot.at();
    Windows apart = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    Window[] windows = Window.values();
    byte[][] ends = new byte[windows.length][];
    for (int i = 0; i < windows.length; i++) {
      ends[i] = PromText.encoded("\",window=\"" + windows[i].label() + "\"} ");
    }
    return new Family<>(
        UPTIME,
        GAUGE,
        "Share of the known time of a window, outside of maintenance, in which a target was up.",
        snapshot.targets(),
        (text, view) -> {
          for (int i = 0; i < windows.length; i++) {
            byte[] end = ends[i];
            view.uptime()
                .ratio(windows[i], now, apart.of(view.target()))
                .ifPresent(ratio -> open(text, UPTIME, view).bytes(end).number(ratio).text("\n"));
          }
        });
  }

  private static Family<?> expiry(
      String name,
      String help,
      List<TargetView> targets,
      Function<TargetView, Optional<Instant>> expiry) {
    return new Family<>(
        name,
        GAUGE,
        help,
        targets,
        (text, view) ->
            expiry
                .apply(view)
                .ifPresent(
                    at ->
                        open(text, name, view).bytes(NEXT).number(at.getEpochSecond()).text("\n")));
  }

  private static void registrations(PromText text, List<TargetView> targets) {
    text.family(
        "parallax_registration_expiry_timestamp_seconds",
        GAUGE,
        "When the registration of the domain ends, in seconds since the epoch.");
    SortedMap<String, Facts.RegistrationSeen> newest = new TreeMap<>();
    for (TargetView view : targets) {
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

  private static void routes(PromText text, List<TargetView> targets) {
    text.family(
        "parallax_bgp_visibility_ratio",
        GAUGE,
        "Share of the peers of route collectors that have the prefix; absent while unknown.");
    SortedMap<String, TargetView.RouteLook> best = new TreeMap<>();
    for (TargetView view : targets) {
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

  private static PromText open(PromText text, String name, TargetView view) {
    return text.text(name).text("{target=\"").text(view.target().name().value());
  }
}
