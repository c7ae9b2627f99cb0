package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.ClockSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;
import parallax.config.observation.seen.TraceSeen;

/**
 * What packets told as compact JSON, times in nanoseconds. Members that this version does not know
 * are passed over.
 */
final class ReachJson {
  private ReachJson() {}

  /** Writes the value of a field. */
  static void write(JsonGenerator json, ReachSeen reach) throws IOException {
    json.writeStartObject();
    if (reach.echoes().isPresent()) {
      EchoesSeen echoes = reach.echoes().get();
      json.writeNumberField("sent", echoes.sent());
      json.writeNumberField("received", echoes.received());
      if (echoes.roundTrips().isPresent()) {
        RoundTrips times = echoes.roundTrips().get();
        json.writeNumberField("shortest", times.shortest().toNanos());
        json.writeNumberField("average", times.average().toNanos());
        json.writeNumberField("longest", times.longest().toNanos());
        json.writeNumberField("jitter", times.jitter().toNanos());
      }
    }
    if (reach.clock().isPresent()) {
      ClockSeen clock = reach.clock().get();
      json.writeNumberField("offset", clock.offset().toNanos());
      json.writeNumberField("stratum", clock.stratum());
      json.writeStringField("reference", clock.reference());
      json.writeNumberField("roundTrip", clock.roundTrip().toNanos());
      json.writeNumberField("rootDistance", clock.rootDistance().toNanos());
      if (clock.leap().isPresent()) {
        json.writeStringField("leap", clock.leap().get());
      }
    }
    if (reach.trace().isPresent()) {
      json.writeFieldName("trace");
      TraceJson.write(json, reach.trace().get());
    }
    json.writeEndObject();
  }

  /** Reads the value of a field; the parser stands at its start and ends at its end. */
  static ReachSeen read(JsonParser json) throws IOException {
    Map<String, Long> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    Optional<TraceSeen> trace = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(field, json.getText());
        case VALUE_NUMBER_INT -> numbers.put(field, json.getLongValue());
        case START_OBJECT -> {
          if (field.equals("trace")) {
            trace = TraceJson.read(json);
          } else {
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
    return new ReachSeen(echoes(numbers), clock(numbers, texts), trace);
  }

  private static Optional<EchoesSeen> echoes(Map<String, Long> numbers) {
    if (!numbers.containsKey("sent")) {
      return Optional.empty();
    }
    Optional<RoundTrips> times =
        numbers.containsKey("average")
            ? Optional.of(
                new RoundTrips(
                    time(numbers, "shortest"),
                    time(numbers, "average"),
                    time(numbers, "longest"),
                    time(numbers, "jitter")))
            : Optional.empty();
    return Optional.of(
        new EchoesSeen(
            numbers.getOrDefault("sent", 0L).intValue(),
            numbers.getOrDefault("received", 0L).intValue(),
            times));
  }

  private static Optional<ClockSeen> clock(Map<String, Long> numbers, Map<String, String> texts) {
    return numbers.containsKey("stratum")
        ? Optional.of(
            new ClockSeen(
                time(numbers, "offset"),
                numbers.getOrDefault("stratum", 0L).intValue(),
                texts.getOrDefault("reference", ""),
                time(numbers, "roundTrip"),
                time(numbers, "rootDistance"),
                Optional.ofNullable(texts.get("leap"))))
        : Optional.empty();
  }

  private static Duration time(Map<String, Long> numbers, String field) {
    return Duration.ofNanos(numbers.getOrDefault(field, 0L));
  }
}
