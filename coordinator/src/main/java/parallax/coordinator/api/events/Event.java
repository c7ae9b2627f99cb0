package parallax.coordinator.api.events;

import java.nio.charset.StandardCharsets;
import parallax.coordinator.api.exchange.StateJson;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.json.Json;

/**
 * One event (HTML standard, section 9.2: server-sent events).
 *
 * @param kind in one word
 * @param data JSON in one line
 */
record Event(String kind, String data) {

  static Event verdict(Changes.OfTarget change) {
    return event(
        "verdict",
        json -> {
          json.text("target", change.target().value());
          if (change.verdict().isPresent()) {
            json.object("verdict", fields -> StateJson.verdict(fields, change.verdict().get()));
          } else {
            json.nothing("verdict");
          }
        });
  }

  static Event incident(Incident incident) {
    return event("incident", json -> StateJson.incident(json, incident));
  }

  /** Of an incident that is over, of which the record does not tell more. */
  static Event over(IncidentId id) {
    return event("incident", json -> json.text("id", id.value()).text("state", "resolved"));
  }

  /** That something changed, for those who look it up themselves. */
  static Event change(int verdicts, int incidents) {
    return event(
        "change", json -> json.number("verdicts", verdicts).number("incidents", incidents));
  }

  /** The first of a stream. */
  static Event hello(String version) {
    return event("hello", json -> json.text("version", version));
  }

  /** That what was missed cannot be told. */
  static Event reset() {
    return event("reset", _ -> {});
  }

  private static Event event(String kind, Json.Part fields) {
    return new Event(kind, new String(Json.object(fields), StandardCharsets.UTF_8));
  }

  /** As it is sent, under an id. */
  String text(String id) {
    return "id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n";
  }
}
