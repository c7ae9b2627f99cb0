package parallax.coordinator.api.slack;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.notify.slack.SlackMessage;

/**
 * A button that was pressed: that of an incident, by somebody.
 *
 * @param who the person's name in Slack; not empty, one line
 */
record SlackAction(IncidentId incident, String who) {
  /** Actions of one request that are looked at; Slack sends one. */
  private static final int MAX_ACTIONS = 10;

  private static final int MAX_ID = 200;
  private static final String PAYLOAD = "payload=";

  /** What a request says. */
  sealed interface Said {
    record Acknowledge(SlackAction action) implements Said {}

    /** Something that we have no button for. */
    record Other() implements Said {}

    /** Nothing that Slack would send. */
    record Nonsense(String why) implements Said {}
  }

  /**
   * Reads a body of the type {@code application/x-www-form-urlencoded}.
   *
   * @param body whose signature was found to be Slack's
   */
  static Said read(String body) {
    try {
      Optional<String> payload =
          Stream.of(body.split("&", -1))
              .filter(parameter -> parameter.startsWith(PAYLOAD))
              .map(parameter -> parameter.substring(PAYLOAD.length()))
              .map(written -> URLDecoder.decode(written, StandardCharsets.UTF_8))
              .findFirst();
      return payload
          .map(text -> of(new JsonObject(text)))
          .orElseGet(() -> new Said.Nonsense("the parameter payload is missing"));
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      return new Said.Nonsense("the parameter payload must be JSON");
    }
  }

  private static Said of(JsonObject payload) {
    if (!"block_actions".equals(payload.getValue("type"))) {
      return new Said.Other();
    }
    Optional<String> incident =
        payload.getValue("actions") instanceof JsonArray actions
            ? actions.stream().limit(MAX_ACTIONS).flatMap(SlackAction::incident).findFirst()
            : Optional.empty();
    if (incident.isEmpty()) {
      return new Said.Other();
    }
    return who(payload.getValue("user"))
        .<Said>map(
            who -> new Said.Acknowledge(new SlackAction(new IncidentId(incident.get()), who)))
        .orElseGet(() -> new Said.Nonsense("it is not said who pressed the button"));
  }

  private static Stream<String> incident(Object action) {
    return action instanceof JsonObject json
            && SlackMessage.ACKNOWLEDGE.equals(json.getValue("action_id"))
            && json.getValue("value") instanceof String id
            && !id.isBlank()
            && id.length() <= MAX_ID
        ? Stream.of(id)
        : Stream.empty();
  }

  private static Optional<String> who(Object user) {
    return user instanceof JsonObject json
        ? Stream.of("username", "name", "id")
            .map(json::getValue)
            .filter(Objects::nonNull)
            .filter(String.class::isInstance)
            .map(name -> PlainText.line((String) name, PlainText.MAX_NAME))
            .filter(name -> !name.isEmpty())
            .findFirst()
        : Optional.empty();
  }
}
