package parallax.coordinator.notify.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fields of an answer that should be a JSON object, but may be anything. Pure. */
public final class Reply {
  /** No service asks for more; what does is not believed. */
  private static final double MAX_WAIT_SECONDS = 1e9;

  private final JsonObject fields;

  private Reply(JsonObject fields) {
    this.fields = fields;
  }

  /** What can be read of an answer; nothing when it is not a JSON object. */
  public static Reply of(Answer.Status answer) {
    return of(answer.body());
  }

  /** What can be read of a text. */
  public static Reply of(String text) {
    try {
      return new Reply(new JsonObject(text));
    } catch (DecodeException | ClassCastException e) {
      return new Reply(new JsonObject());
    }
  }

  /** An object in it; one without fields when there is none. */
  public Reply at(String name) {
    return new Reply(fields.getValue(name) instanceof JsonObject inner ? inner : new JsonObject());
  }

  public boolean has(String name) {
    return fields.getValue(name) != null;
  }

  public Optional<String> text(String name) {
    return fields.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** All members that are texts. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    fields.fieldNames().forEach(name -> text(name).ifPresent(text -> texts.put(name, text)));
    return texts;
  }

  /** A whole number. */
  public Optional<Long> number(String name) {
    return switch (fields.getValue(name)) {
      case Integer number -> Optional.of(number.longValue());
      case Long number -> Optional.of(number);
      case null, default -> Optional.empty();
    };
  }

  /** A number of seconds, possibly with a fraction, rounded up to a millisecond. */
  public Optional<Duration> seconds(String name) {
    return fields.getValue(name) instanceof Number number
            && number.doubleValue() >= 0
            && number.doubleValue() <= MAX_WAIT_SECONDS
        ? Optional.of(Duration.ofMillis((long) Math.ceil(number.doubleValue() * 1000)))
        : Optional.empty();
  }
}
