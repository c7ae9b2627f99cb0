package parallax.deploy.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import parallax.config.observation.Layer;
import parallax.config.problem.Problem;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.replay.Replayed;
import parallax.coordinator.replay.Summary;
import parallax.coordinator.replay.judge.Judgement.Told;
import parallax.coordinator.replay.judge.Mismatch;
import parallax.coordinator.replay.record.Label;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.record.StateChange;

/**
 * Replays for machines: with what was published, so that anybody can compare again. Times are
 * seconds since the start, to the millisecond.
 */
final class JsonReport {
  private static final double MS_PER_SECOND = 1_000;
  private static final double SHARE_STEPS = 1_000;

  private JsonReport() {}

  /** {@code id} and {@code passed} say the same as {@code scenario} and {@code pass}. */
  static JsonObject of(Replayed replayed) {
    String id = replayed.scenario().id();
    boolean passed = replayed.judgement().passed();
    JsonObject states = new JsonObject();
    replayed.recording().states().forEach((target, changes) -> states.put(target, states(changes)));
    return new JsonObject()
        .put("scenario", id)
        .put("id", id)
        .put("seed", new BigInteger(Long.toUnsignedString(replayed.seed())))
        .put("pass", passed)
        .put("passed", passed)
        .put(
            "failures",
            array(replayed.judgement().failures().stream().map(JsonReport::of).toList()))
        .put(
            "incidents",
            array(replayed.judgement().incidents().stream().map(JsonReport::of).toList()))
        .put("states", states)
        .put("pages", replayed.recording().pages())
        .put("notices", replayed.recording().notices())
        .put("checksScheduled", replayed.recording().checksScheduled())
        .put("checksAsked", replayed.recording().checksAsked());
  }

  static JsonObject of(Summary summary) {
    return new JsonObject()
        .put("passed", summary.passed())
        .put("total", summary.total())
        .put("pages", summary.pages())
        .put(
            "openedAfterS",
            summary
                .openedAfter()
                .map(
                    after ->
                        new JsonObject()
                            .put("p50", seconds(after.p50Ms()))
                            .put("p95", seconds(after.p95Ms())))
                .orElse(null))
        .put(
            "checksAskedShare", Math.round(summary.checksAskedShare() * SHARE_STEPS) / SHARE_STEPS);
  }

  static JsonObject of(Problem problem) {
    return new JsonObject()
        .put("file", problem.file().toString())
        .put("line", problem.line())
        .put("column", problem.column())
        .put("message", problem.message());
  }

  private static JsonObject of(Mismatch failure) {
    return new JsonObject()
        .put("expectation", failure.expectation())
        .put("kind", failure.kind().word())
        .put("wanted", failure.wanted())
        .put("found", failure.found());
  }

  private static JsonObject of(Told told) {
    RecordedIncident incident = told.incident();
    JsonObject json =
        new JsonObject()
            .put("id", incident.id())
            .put("matches", told.matches().orElse(null))
            .put("subject", incident.subject() == Subject.SERVICE ? "service" : "vantage");
    if (incident.subject() == Subject.SERVICE) {
      json.put("targets", array(incident.targets()));
    } else {
      json.put("culprit", incident.labels().getLast().culprit());
    }
    return json.put("openedS", seconds(incident.openedMs()))
        .put("publishedS", seconds(incident.publishedMs()))
        .put(
            "resolvedS",
            incident.resolvedMs().isPresent() ? seconds(incident.resolvedMs().getAsLong()) : null)
        .put("labels", array(incident.labels().stream().map(JsonReport::of).toList()))
        .put("evidence", array(incident.evidence()));
  }

  private static JsonObject of(Label label) {
    return new JsonObject()
        .put("atS", seconds(label.atMs()))
        .put("scope", label.scope().name())
        .put("regions", array(label.regions()))
        .put("layer", label.layer().map(Layer::yamlName).orElse(null))
        .put("culprit", label.culprit());
  }

  private static JsonArray states(List<StateChange> changes) {
    JsonArray states = new JsonArray();
    changes.forEach(
        change ->
            states.add(new JsonArray().add(seconds(change.atMs())).add(change.state().name())));
    return states;
  }

  private static JsonArray array(List<?> items) {
    JsonArray array = new JsonArray();
    items.forEach(array::add);
    return array;
  }

  private static double seconds(long millis) {
    return millis / MS_PER_SECOND;
  }
}
