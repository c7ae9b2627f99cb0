package parallax.coordinator.notify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import parallax.config.observation.Observation;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.store.Store;

/** What a notice says, in words and as JSON. */
final class Message {
  private Message() {}

  /** One line for people. */
  static String summary(Notice.Kind kind, Incident incident) {
    String who =
        incident.targets().stream()
            .limit(3)
            .map(TargetName::value)
            .collect(Collectors.joining(", "));
    int more = incident.targets().size() - 3;
    String all = more > 0 ? who + " and " + more + " more" : who;
    String scope = incident.scope().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (kind) {
      case OPENED ->
          all
              + " is DOWN ("
              + scope
              + "): "
              + incident.cause().layer()
              + " "
              + incident.cause().finding().words();
      case RESOLVED -> all + " is UP again after " + words(duration(incident));
    };
  }

  /** The body of a webhook. */
  static JsonObject json(Store.Delivery delivery) {
    Incident incident = delivery.incident();
    boolean down = delivery.kind() == Notice.Kind.OPENED;
    JsonArray targets = new JsonArray();
    incident.targets().forEach(target -> targets.add(target.value()));
    JsonArray evidence = new JsonArray();
    incident.evidence().forEach(each -> evidence.add(json(each)));
    return new JsonObject()
        .put("event", down ? "down" : "up")
        .put("state", down ? "DOWN" : "UP")
        .put("key", delivery.key())
        .put("summary", summary(delivery.kind(), incident))
        .put("target", incident.targets().getFirst().value())
        .put("targets", targets)
        .put("incident", json(incident))
        .put("evidence", evidence);
  }

  private static JsonObject json(Incident incident) {
    JsonObject json =
        new JsonObject()
            .put("id", incident.id().value())
            .put("scope", incident.scope().name())
            .put("cause", json(incident.cause()))
            .put("onset", incident.onset().toString())
            .put("opened", incident.opened().toString());
    incident
        .resolved()
        .ifPresent(
            end ->
                json.put("resolved", end.toString())
                    .put("durationSeconds", duration(incident).toMillis() / 1000.0));
    return json;
  }

  private static JsonObject json(Cause cause) {
    return new JsonObject()
        .put("layer", cause.layer().name())
        .put("reason", cause.finding().reason().text())
        .put("code", cause.finding().reason().name())
        .put("detail", cause.finding().detail())
        .put("culprit", cause.culprit());
  }

  private static JsonObject json(Evidence evidence) {
    Observation seen = evidence.observation();
    JsonObject json =
        new JsonObject()
            .put("id", seen.id().toString())
            .put("probe", seen.vantage().probe().value())
            .put("region", seen.vantage().region().value())
            .put("check", seen.check().label())
            .put("layer", seen.layer().name())
            .put("outcome", seen.outcome().label())
            .put("received", evidence.received().toString());
    seen.outcome().why().ifPresent(finding -> json.put("reason", finding.words()));
    return json;
  }

  private static Duration duration(Incident incident) {
    return Duration.between(incident.onset(), incident.resolved().orElse(incident.onset()));
  }

  private static String words(Duration time) {
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }
}
