package parallax.probe.http.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.http.BodyExpect.JsonExpect;
import parallax.config.check.http.JsonPath;
import parallax.config.check.http.JsonScalar;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * Finds the values at given places of a JSON document (RFC 8259) while reading it, and compares
 * them by value. Of a name that stands twice in one object the first counts.
 */
final class JsonJudge {
  static final int MAX_DEPTH = 64;

  private static final int SHOWN = 80;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(BodyWindow.MAX_BYTES)
                  .maxNameLength(BodyWindow.MAX_BYTES)
                  .maxDocumentLength(2L * BodyWindow.MAX_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final List<JsonExpect> open;
  private Optional<Finding> mismatch = Optional.empty();

  private JsonJudge(JsonParser parser, List<JsonExpect> expected) {
    this.parser = parser;
    this.open = new ArrayList<>(expected);
  }

  /**
   * The first expectation that {@code document} does not meet.
   *
   * @param complete whether the document is all there
   */
  static Optional<Finding> judge(byte[] document, boolean complete, List<JsonExpect> expected) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      JsonJudge judge = new JsonJudge(parser, expected);
      return judge.read(complete);
    } catch (IOException broken) {
      return found(Reason.BODY_NOT_JSON, broken.getClass().getSimpleName());
    }
  }

  private Optional<Finding> read(boolean complete) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return complete ? found(Reason.BODY_NOT_JSON, "empty") : tooLarge();
      }
      value(List.copyOf(open), 0);
      if (complete && parser.nextToken() != null) {
        return found(Reason.BODY_NOT_JSON, "more after the end");
      }
    } catch (StreamConstraintsException beyond) {
      return found(Reason.BODY_NOT_JSON, beyond.getOriginalMessage());
    } catch (JsonParseException broken) {
      // A cut document ends somewhere; only what was still looked for then cannot be told.
      if (complete) {
        return found(
            Reason.BODY_NOT_JSON,
            broken.getOriginalMessage() + " at byte " + broken.getLocation().getByteOffset());
      }
      return mismatch.or(() -> open.isEmpty() ? Optional.empty() : tooLarge());
    }
    return mismatch.or(
        () -> open.stream().findFirst().flatMap(missing -> wrong(missing, "is missing")));
  }

  /** Reads the value at the parser; {@code wanted} are the places at or below it. */
  private void value(List<JsonExpect> wanted, int depth) throws IOException {
    if (wanted.isEmpty()) {
      parser.skipChildren();
      return;
    }
    for (JsonExpect expect : wanted) {
      if (expect.path().steps().size() == depth) {
        compare(expect);
      }
    }
    List<JsonExpect> below =
        wanted.stream().filter(expect -> expect.path().steps().size() > depth).toList();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      members(below, depth);
    } else if (token == JsonToken.START_ARRAY) {
      elements(below, depth);
    }
  }

  private void members(List<JsonExpect> wanted, int depth) throws IOException {
    List<JsonExpect> left = new ArrayList<>(wanted);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      List<JsonExpect> here = take(left, new JsonPath.Member(name), depth);
      parser.nextToken();
      value(here, depth + 1);
    }
  }

  private void elements(List<JsonExpect> wanted, int depth) throws IOException {
    List<JsonExpect> left = new ArrayList<>(wanted);
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(take(left, new JsonPath.Element(index), depth), depth + 1);
      index++;
    }
  }

  private static List<JsonExpect> take(List<JsonExpect> left, JsonPath.Step step, int depth) {
    if (left.isEmpty()) {
      return List.of();
    }
    List<JsonExpect> here =
        left.stream().filter(expect -> expect.path().steps().get(depth).equals(step)).toList();
    left.removeAll(here);
    return here;
  }

  private void compare(JsonExpect expect) throws IOException {
    open.remove(expect);
    Optional<JsonScalar> actual = scalar();
    boolean same = actual.map(expect.value()::equals).orElse(false);
    if (!same && mismatch.isEmpty()) {
      mismatch = wrong(expect, "is " + actual.map(JsonJudge::words).orElse("not a scalar"));
    }
  }

  private Optional<JsonScalar> scalar() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Optional.of(new JsonScalar.JsonText(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          Optional.of(new JsonScalar.JsonNumber(parser.getDecimalValue()));
      case VALUE_TRUE -> Optional.of(new JsonScalar.JsonBoolean(true));
      case VALUE_FALSE -> Optional.of(new JsonScalar.JsonBoolean(false));
      case VALUE_NULL -> Optional.of(new JsonScalar.JsonNull());
      case START_OBJECT,
          START_ARRAY,
          END_OBJECT,
          END_ARRAY,
          FIELD_NAME,
          NOT_AVAILABLE,
          VALUE_EMBEDDED_OBJECT ->
          Optional.empty();
    };
  }

  private static Optional<Finding> wrong(JsonExpect expect, String what) {
    return found(
        Reason.BODY_JSON_MISMATCH,
        expect.path() + " " + what + ", expected " + words(expect.value()));
  }

  private static String words(JsonScalar scalar) {
    String text =
        switch (scalar) {
          case JsonScalar.JsonText(String value) -> "\"" + value + "\"";
          case JsonScalar.JsonNumber(java.math.BigDecimal value) -> value.toString();
          case JsonScalar.JsonBoolean(boolean value) -> Boolean.toString(value);
          case JsonScalar.JsonNull() -> "null";
        };
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private static Optional<Finding> tooLarge() {
    return found(
        Reason.BODY_TOO_LARGE, "the value is not in the first " + BodyWindow.MAX_BYTES + " bytes");
  }

  private static Optional<Finding> found(Reason reason, String detail) {
    return Optional.of(new Finding(reason, detail));
  }
}
