package parallax.coordinator.api.exchange;

import java.io.IOException;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.view.Words;

/** Verdicts and incidents in short, the same in lists and as events. */
public final class StateJson {
  private StateJson() {}

  /** The fields of a verdict without what it rests on. */
  public static void verdict(Json json, Verdict verdict) throws IOException {
    json.text("state", verdict.state().name()).text("scope", verdict.scope().map(Enum::name));
    json.texts("regions", verdict.regions().stream().map(Object::toString).toList());
    CoreJson.cause(json, verdict.cause());
    json.instant("since", verdict.since())
        .number("confidence", verdict.confidence())
        .text("summary", Words.of(verdict))
        .text("rule", verdict.why().rule());
  }

  /** The fields of an incident without what it rests on. */
  public static void incident(Json json, Incident incident) throws IOException {
    CoreJson.incident(json, incident);
    CoreJson.blocked(json, Words.blocked(incident));
    json.text("summary", Words.of(incident)).number("reopened", incident.reopened());
  }
}
