package parallax.coordinator.api.people;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.api.exchange.Request;

/**
 * What somebody wants done.
 *
 * @param parameters of the path, decoded
 * @param body empty when there is none
 * @param network from which it is asked: an IPv4 address, or the first 64 bits of an IPv6 address
 */
public record Wish(
    List<String> parameters, JsonObject body, Caller caller, Instant at, String network) {
  private static final int MAX_NAMED = 10;

  public Wish {
    parameters = List.copyOf(parameters);
  }

  /** The first parameter of the path; an empty text when it has none. */
  String parameter() {
    return parameters.isEmpty() ? "" : parameters.getFirst();
  }

  /** The fields of a body, which is JSON or nothing. */
  public static JsonObject body(String text) throws Request.Unusable {
    if (text.isBlank()) {
      return new JsonObject();
    }
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw new Request.Unusable("the body must be a JSON object");
    }
  }

  /** Refuses fields that mean nothing here, as they may be misspelt. */
  void only(List<String> known) throws Request.Unusable {
    TreeSet<String> others = new TreeSet<>(body.fieldNames());
    known.forEach(others::remove);
    if (!others.isEmpty()) {
      String named = String.join(", ", others.stream().limit(MAX_NAMED).toList());
      throw new Request.Unusable(
          "unknown field " + named + "; allowed are " + String.join(", ", known));
    }
  }

  /**
   * A text that may be left out.
   *
   * @param most UTF-16 code units
   */
  Optional<String> text(String field, int most) throws Request.Unusable {
    @Nullable Object value = body.getValue(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && text.length() <= most) {
      return Optional.of(text);
    }
    throw new Request.Unusable(field + " must be text of at most " + most + " characters");
  }

  /** A text that says something. */
  String needed(String field, int most) throws Request.Unusable {
    return text(field, most)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Request.Unusable(field + " is needed: text that is not blank"));
  }

  /** Whether something is wanted; not when nothing is said. */
  boolean flag(String field) throws Request.Unusable {
    @Nullable Object value = body.getValue(field);
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      default -> throw new Request.Unusable(field + " must be true or false");
    };
  }

  Optional<Instant> instant(String field) throws Request.Unusable {
    Optional<String> text = text(field, MAX_INSTANT);
    try {
      return text.map(written -> OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException e) {
      throw new Request.Unusable(field + " must be an instant such as 2026-01-31T12:00:00Z");
    }
  }

  private static final int MAX_INSTANT = 40;

  /** Texts, one or several. */
  static List<String> texts(String field, Object value) throws Request.Unusable {
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof JsonArray array
        && !array.isEmpty()
        && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    throw new Request.Unusable(field + " must be a text or a list of texts");
  }
}
