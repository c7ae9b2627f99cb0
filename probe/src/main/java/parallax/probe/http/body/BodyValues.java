package parallax.probe.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.util.Optional;
import parallax.config.check.http.JsonPath;
import parallax.probe.check.Deadline;

/** Takes values out of bodies. */
public final class BodyValues {
  private BodyValues() {}

  /**
   * The scalar at a place of a JSON document (RFC 8259), text without its quotes; empty when there
   * is none, or null. Of a name that stands twice in one object the first counts.
   */
  public static Optional<String> json(Body body, JsonPath path) {
    try (JsonParser parser = JsonJudge.FACTORY.createParser(body.bytes())) {
      parser.nextToken();
      for (JsonPath.Step step : path.steps()) {
        boolean found =
            switch (step) {
              case JsonPath.Member(String name) -> member(parser, name);
              case JsonPath.Element(int index) -> element(parser, index);
            };
        if (!found) {
          return Optional.empty();
        }
      }
      JsonToken token = parser.currentToken();
      boolean scalar = token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
      return scalar ? Optional.of(parser.getText()) : Optional.empty();
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static boolean member(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean same = parser.currentName().equals(name);
      parser.nextToken();
      if (same) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean element(JsonParser parser, int index) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    for (int at = 0; ; at++) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return false;
      }
      if (at == index) {
        return true;
      }
      parser.skipChildren();
    }
  }

  /**
   * The first group of {@code pattern} where it is found, or the whole match where it has none;
   * empty when it is not found before the deadline.
   */
  public static Optional<String> match(String text, Pattern pattern, Deadline deadline) {
    try {
      Matcher matcher = pattern.matcher(new PatientText(text, deadline));
      return matcher.find()
          ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
          : Optional.empty();
    } catch (PatientText.DeadlinePassed late) {
      return Optional.empty();
    }
  }
}
