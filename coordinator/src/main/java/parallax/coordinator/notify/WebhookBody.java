package parallax.coordinator.notify;

import java.time.Duration;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.store.Store.Delivery;
import parallax.coordinator.view.Words;

/** The JSON document that a webhook receives. */
final class WebhookBody {
  private WebhookBody() {}

  static byte[] of(Delivery delivery) {
    Incident incident = delivery.incident();
    Optional<Duration> lasted = Words.duration(incident);
    return Json.object(
        json ->
            json.text("event", event(delivery.kind()))
                .text("key", delivery.key())
                .text("target", incident.targets().getFirst().value())
                .text("summary", Words.of(incident))
                .object(
                    "incident",
                    fields -> {
                      CoreJson.incident(fields, incident);
                      fields.text("duration", lasted.map(Words::of));
                      if (lasted.isPresent()) {
                        fields.number("durationSeconds", lasted.get().toMillis() / 1e3);
                      } else {
                        fields.nothing("durationSeconds");
                      }
                    })
                .items("evidence", incident.evidence(), CoreJson::evidence));
  }

  private static String event(Notice.Kind kind) {
    return switch (kind) {
      case OPENED -> "down";
      case RESOLVED -> "up";
    };
  }
}
