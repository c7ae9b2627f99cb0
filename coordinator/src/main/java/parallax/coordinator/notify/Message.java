package parallax.coordinator.notify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.notify.letter.Clean;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Words;

/** What a notice says, in words and as JSON. */
final class Message {
  private Message() {}

  /** One line for people. */
  static String summary(Notice.Kind kind, Incident incident) {
    return switch (kind) {
      case OPENED -> Words.of(incident);
      case REOPENED -> Words.of(incident) + " again";
      case CHANGED -> "changed: " + Words.of(incident);
      case REMINDER -> "still: " + Words.of(incident);
      case ESCALATED -> "not acknowledged: " + Words.of(incident);
      case ACKNOWLEDGED -> "acknowledged: " + Words.of(incident);
      case RESOLVED -> Words.subject(incident) + over(incident) + words(duration(incident));
    };
  }

  private static String over(Incident incident) {
    String verb = Words.isMany(incident) ? " are" : " is";
    return verb
        + (incident.subject() == Incident.Subject.SERVICE
            ? " UP again after "
            : " fine again after ");
  }

  /** Culprits and rules may quote names of others; whoever shows a document shows them. */
  private static String plain(String text) {
    return Clean.line(text, Letters.MAX_TEXT);
  }

  /** The body of a webhook. */
  static JsonObject json(Store.Delivery delivery) {
    Incident incident = delivery.incident();
    boolean down = delivery.kind() != Notice.Kind.RESOLVED;
    JsonArray targets = new JsonArray();
    incident.targets().forEach(target -> targets.add(target.value()));
    JsonArray evidence = new JsonArray();
    incident.votes().forEach(each -> evidence.add(json(each)));
    JsonObject json =
        new JsonObject()
            .put("event", down ? "down" : "up")
            .put("kind", delivery.kind().name().toLowerCase(Locale.ROOT))
            .put("state", down ? state(incident.scope()).name() : "UP")
            .put("key", delivery.key())
            .put("summary", Clean.line(summary(delivery.kind(), incident), Letters.MAX_HEADLINE));
    incident.targets().stream().findFirst().ifPresent(target -> json.put("target", target.value()));
    delivery.along().by().ifPresent(by -> json.put("by", plain(by)));
    if (delivery.along().held() > 0) {
      json.put("held", delivery.along().held());
    }
    if (!delivery.along().others().isEmpty()) {
      json.put("others", others(delivery));
    }
    return json.put("targets", targets).put("incident", json(incident)).put("evidence", evidence);
  }

  private static JsonArray others(Store.Delivery delivery) {
    JsonArray others = new JsonArray();
    delivery.along().others().forEach(other -> others.add(other.value()));
    return others;
  }

  /** What does not hit everybody leaves the target up for the others. */
  private static TargetState state(Scope scope) {
    return switch (scope) {
      case GLOBAL, UNCONFIRMED, PROBE_LOCAL -> TargetState.DOWN;
      case REGIONAL, NETWORK, PARTIAL -> TargetState.DEGRADED;
    };
  }

  private static JsonObject json(Incident incident) {
    JsonObject json =
        new JsonObject()
            .put("id", incident.id().value())
            .put("subject", incident.subject().name().toLowerCase(Locale.ROOT))
            .put("scope", incident.scope().name())
            .put(
                "regions",
                new JsonArray(incident.regions().stream().map(Object::toString).toList()))
            .put("rule", plain(incident.why().rule()))
            .put("blocked", places(incident))
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

  /** The places in which it looks like a block; none for any other trouble. */
  private static JsonArray places(Incident incident) {
    return new JsonArray(
        Words.blocked(incident).places().stream().map(Interference.Place::name).toList());
  }

  private static JsonObject json(Cause cause) {
    return new JsonObject()
        .put("layer", cause.layer().map(Enum::name).orElse(null))
        .put("reason", cause.finding().reason().text())
        .put("code", cause.finding().reason().name())
        .put("detail", cause.finding().detail())
        .put("culprit", plain(cause.culprit()));
  }

  private static JsonObject json(Vote vote) {
    JsonObject json =
        new JsonObject()
            .put("id", vote.id().toString())
            .put("probe", vote.vantage().probe().value())
            .put("region", vote.vantage().region().value())
            .put("check", vote.check().label())
            .put("layer", vote.layer().name())
            .put("outcome", CoreJson.outcome(vote))
            .put("at", vote.at().toString());
    vote.finding().ifPresent(finding -> json.put("reason", finding.words()));
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
