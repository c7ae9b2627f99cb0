package parallax.probe.registration.rdap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.registration.Limits;

/** Reads a JSON document within bounds. */
final class JsonReader {
  static final int MAX_DEPTH = 64;

  /** Of all values together. */
  static final int MAX_VALUES = 50_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Limits.MAX_ANSWER_BYTES)
                  .maxNameLength(Limits.MAX_ANSWER_BYTES)
                  .maxDocumentLength(Limits.MAX_ANSWER_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private int values;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The one value that {@code document} is; empty when it is none, or goes beyond a bound. */
  static Optional<Json> read(byte[] document) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Json value = new JsonReader(parser).value();
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private Json value() throws IOException {
    values++;
    if (values > MAX_VALUES) {
      throw new IOException("more than " + MAX_VALUES + " values");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> members();
      case START_ARRAY -> elements();
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new Json.Other(parser.getText());
      case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          new Json.Null();
    };
  }

  private Json members() throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.putIfAbsent(name, value());
    }
    return new Json.Members(members);
  }

  private Json elements() throws IOException {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return new Json.Elements(elements);
  }
}
