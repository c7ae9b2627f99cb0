package parallax.config.read.http;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.http.JsonPath;
import parallax.config.check.journey.Capture;
import parallax.config.yaml.Yaml;

/** The {@code capture} of a step: what later steps take from its answer. */
final class CaptureReader {
  private static final int MAX_CAPTURES = 16;
  private static final int MAX_PATH = 256;
  private static final int MAX_COOKIE = 128;
  private static final String PLACE = "must be a place such as $.token";

  /** A place, or no value at all yet. */
  private record Taken(Capture.Source source, Optional<Pattern> pattern) {}

  private static final Field<JsonPath> JSON =
      Field.optional("json", place(), "The place of a value in a JSON body, such as $.token.");
  private static final Field<String> HEADER =
      Field.optional(
          "header",
          Kinds.text(HeaderReader.NAME_PATTERN, MAX_COOKIE, "must be the name of a header"),
          "The first header of this name.");
  private static final Field<String> COOKIE =
      Field.optional(
          "cookie",
          Kinds.text(HeaderReader.NAME_PATTERN, MAX_COOKIE, "must be the name of a cookie"),
          "The cookie of this name that the answer sets, or a redirect before it.");
  private static final Field<Pattern> BODY =
      Field.optional(
          "body",
          BodyReader.regex(),
          "A pattern (RE2) in the body: its first group is taken, or the whole match where it has"
              + " none.");
  private static final Field<Pattern> MATCH =
      Field.optional(
          "match",
          BodyReader.regex(),
          "What of the value of 'json', 'header' or 'cookie' is taken: the first group of this"
              + " pattern (RE2), or the whole match where it has none. Left out: all of it.");

  private static final Kind<Taken> FROM =
      Kinds.fields(
          Shape.of("capture", "Where a value stands.", JSON, HEADER, COOKIE, BODY, MATCH)
              .withExactlyOneOf(JSON.key(), HEADER.key(), COOKIE.key(), BODY.key()),
          (values, _, reading) -> taken(values, reading));

  private static final Kind<Taken> VALUE =
      new Kind<>(
          new Form.Either(List.of(new Form.Text(Optional.of("^\\$.*$"), 1, MAX_PATH), FROM.form())),
          (node, reading) ->
              node instanceof Yaml.Mapping
                  ? FROM.read(node, reading)
                  : place()
                      .read(node, reading)
                      .map(path -> new Taken(new Capture.JsonValue(path), Optional.empty())));

  static final Field<List<Capture>> CAPTURE =
      Field.optional(
          "capture",
          Kinds.table(
                  "^[A-Za-z_][A-Za-z0-9_]{0,127}$",
                  "names of letters, digits and underscores",
                  VALUE,
                  MAX_CAPTURES)
              .map(CaptureReader::captures),
          "By name what later steps take from the answer as ${name}: {token: \"$.token\"} from"
              + " JSON, or {token: {header: x-token}}, {cookie: …}, {body: PATTERN}. Kept secret.");

  private CaptureReader() {}

  private static Kind<JsonPath> place() {
    return Kinds.text(MAX_PATH)
        .then((text, node, reading) -> JsonPath.parse(text).or(() -> reading.wrong(node, PLACE)));
  }

  private static Optional<Taken> taken(Values values, Reading reading) {
    Optional<Pattern> match = values.get(MATCH);
    if (values.has(BODY.key()) && values.has(MATCH.key())) {
      return reading.refuse(
          values.placeOf(MATCH.key()), "holds 'match' beside 'body', which is a pattern itself");
    }
    return values
        .get(JSON)
        .<Capture.Source>map(Capture.JsonValue::new)
        .or(
            () ->
                values
                    .get(HEADER)
                    .map(name -> new Capture.HeaderValue(name.toLowerCase(Locale.ROOT))))
        .or(() -> values.get(COOKIE).map(Capture.CookieValue::new))
        .map(source -> new Taken(source, match))
        .or(
            () ->
                values
                    .get(BODY)
                    .map(pattern -> new Taken(new Capture.BodyText(), Optional.of(pattern))));
  }

  private static List<Capture> captures(List<Pair<Taken>> pairs) {
    return pairs.stream()
        .map(pair -> new Capture(pair.key(), pair.value().source(), pair.value().pattern()))
        .toList();
  }
}
