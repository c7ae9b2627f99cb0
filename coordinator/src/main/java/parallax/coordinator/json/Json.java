package parallax.coordinator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * JSON (RFC 8259), written by streaming in UTF-8. A thin coat over the generator: fields that are
 * absent are written as null, so that every document of a kind has the same fields.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int FIRST_BYTES = 1024;

  private final JsonGenerator out;

  private Json(JsonGenerator out) {
    this.out = out;
  }

  /** Writes one value, or a part of one. */
  @FunctionalInterface
  public interface Part {
    void write(Json json) throws IOException;
  }

  /** Writes one item of a list. */
  @FunctionalInterface
  public interface Item<T> {
    void write(Json json, T item) throws IOException;
  }

  /** One document, an object with these fields. */
  public static byte[] object(Part fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      new Json(generator).inObject(fields);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** A list as the interface gives it: {@code {"items": [...], "next": cursor or null}}. */
  public static <T> byte[] page(List<T> items, Optional<String> next, Item<T> item) {
    return object(json -> json.items("items", items, item).text("next", next));
  }

  public Json text(String field, String value) throws IOException {
    out.writeStringField(field, value);
    return this;
  }

  public Json text(String field, Optional<String> value) throws IOException {
    out.writeFieldName(field);
    if (value.isPresent()) {
      out.writeString(value.get());
    } else {
      out.writeNull();
    }
    return this;
  }

  public Json number(String field, long value) throws IOException {
    out.writeNumberField(field, value);
    return this;
  }

  public Json number(String field, double value) throws IOException {
    out.writeNumberField(field, value);
    return this;
  }

  public Json flag(String field, boolean value) throws IOException {
    out.writeBooleanField(field, value);
    return this;
  }

  /** An instant by ISO 8601, in UTC. */
  public Json instant(String field, Instant value) throws IOException {
    return text(field, value.toString());
  }

  public Json instant(String field, Optional<Instant> value) throws IOException {
    return text(field, value.map(Instant::toString));
  }

  /** A duration in milliseconds, to the microsecond. */
  public Json millis(String field, Duration value) throws IOException {
    return number(field, Math.round(value.toNanos() / 1e3) / 1e3);
  }

  public Json nothing(String field) throws IOException {
    out.writeNullField(field);
    return this;
  }

  public Json object(String field, Part fields) throws IOException {
    out.writeFieldName(field);
    return inObject(fields);
  }

  public Json texts(String field, Collection<String> values) throws IOException {
    out.writeArrayFieldStart(field);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
    return this;
  }

  /** An array of objects. */
  public <T> Json items(String field, Collection<T> values, Item<T> item) throws IOException {
    out.writeArrayFieldStart(field);
    for (T value : values) {
      inObject(json -> item.write(json, value));
    }
    out.writeEndArray();
    return this;
  }

  private Json inObject(Part fields) throws IOException {
    out.writeStartObject();
    fields.write(this);
    out.writeEndObject();
    return this;
  }
}
