package parallax.deploy.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.coordinator.replay.past.Alert;
import parallax.coordinator.replay.past.Difference;
import parallax.coordinator.replay.past.PastReplay;
import parallax.deploy.terminal.Times;

/** What became of past alerts, for people and for machines. */
final class PastReport {
  private static final int MAX_NAMED = 3;

  private PastReport() {}

  /** How many alerts there were then, and what became of them. */
  record Counts(int kept, int spared, int sent) {
    static Counts of(List<Difference> differences) {
      int kept = 0;
      int spared = 0;
      for (Difference difference : differences) {
        kept += difference instanceof Difference.Kept ? 1 : 0;
        spared += difference instanceof Difference.Spared ? 1 : 0;
      }
      return new Counts(kept, spared, differences.size() - kept - spared);
    }

    boolean isSame() {
      return spared == 0 && sent == 0;
    }
  }

  static String line(Difference difference) {
    return switch (difference) {
      case Difference.Kept(Alert then, Alert now) -> "kept    " + text(then) + later(then, now);
      case Difference.Spared(Alert then) -> "spared  " + text(then);
      case Difference.Sent(Alert now) -> "sent    " + text(now) + "; not then";
    };
  }

  private static String text(Alert alert) {
    String targets =
        alert.ours()
            ? "our own side"
            : String.join(
                    ", ", alert.targets().stream().limit(MAX_NAMED).map(Object::toString).toList())
                + (alert.targets().size() > MAX_NAMED
                    ? " and " + (alert.targets().size() - MAX_NAMED) + " more"
                    : "");
    String lasted =
        alert
            .over()
            .map(over -> "for " + Times.rough(Duration.between(alert.told(), over)))
            .orElse("not over");
    return "%s  %s  %s  %s (%s), %s"
        .formatted(
            alert.told(),
            targets,
            alert.scope(),
            alert.cause().finding().reason().text(),
            alert.cause().culprit(),
            lasted);
  }

  private static String later(Alert then, Alert now) {
    Duration apart = Duration.between(then.told(), now.told());
    if (apart.abs().toSeconds() == 0) {
      return "";
    }
    return "; "
        + Times.rough(apart.abs())
        + (apart.isNegative() ? " earlier" : " later")
        + " than then";
  }

  static String line(Counts counts, PastReplay.Outcome replayed) {
    return "%d alerts then, %d now: %d kept, %d spared, %d sent that were not; %d looks weighed"
        .formatted(
            counts.kept() + counts.spared(),
            counts.kept() + counts.sent(),
            counts.kept(),
            counts.spared(),
            counts.sent(),
            replayed.looks());
  }

  static JsonObject json(Difference difference) {
    return switch (difference) {
      case Difference.Kept(Alert then, Alert now) ->
          json("kept", Optional.of(then), Optional.of(now));
      case Difference.Spared(Alert then) -> json("spared", Optional.of(then), Optional.empty());
      case Difference.Sent(Alert now) -> json("sent", Optional.empty(), Optional.of(now));
    };
  }

  private static JsonObject json(String change, Optional<Alert> then, Optional<Alert> now) {
    return new JsonObject()
        .put("change", change)
        .put("recorded", then.map(PastReport::json).orElse(null))
        .put("replayed", now.map(PastReport::json).orElse(null));
  }

  private static JsonObject json(Alert alert) {
    JsonArray targets = new JsonArray();
    alert.targets().forEach(target -> targets.add(target.value()));
    return new JsonObject()
        .put("id", alert.id().value())
        .put("targets", targets)
        .put("scope", alert.scope().name())
        .put("layer", alert.cause().layer().map(Layer::name).orElse(null))
        .put("reason", alert.cause().finding().reason().name())
        .put("culprit", alert.cause().culprit())
        .put("told", alert.told().toString())
        .put("over", alert.over().map(Instant::toString).orElse(null));
  }

  static JsonObject json(Counts counts, PastReplay.Outcome replayed) {
    return new JsonObject()
        .put("kept", counts.kept())
        .put("spared", counts.spared())
        .put("sent", counts.sent())
        .put("looks", replayed.looks())
        .put("gaps", replayed.gaps());
  }
}
