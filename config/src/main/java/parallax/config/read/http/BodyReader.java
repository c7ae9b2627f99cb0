package parallax.config.read.http;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.check.http.BodyExpect;
import parallax.config.check.http.BodyExpect.JsonExpect;
import parallax.config.check.http.JsonPath;
import parallax.config.check.http.JsonScalar;
import parallax.config.text.RegexText;
import parallax.config.yaml.Yaml;

/** The {@code body} of an {@code expect} block. */
final class BodyReader {
  private static final int MAX_RULES = 32;
  private static final int MAX_TEXT = 4_096;

  /** Longer numbers are no longer numbers that somebody checks. */
  private static final int MAX_NUMBER = 64;

  private static final int MAX_SCALE = 400;

  private static final Field<List<String>> CONTAINS =
      Field.optional(
          "contains",
          Kinds.oneOrMany(Kinds.text(MAX_TEXT), MAX_RULES),
          "Texts that must all be in the body.");
  private static final Field<List<Pattern>> MATCHES =
      Field.optional(
          "matches",
          Kinds.oneOrMany(regex(), MAX_RULES),
          "Regular expressions (RE2) that must all be found in the body.");
  private static final Field<List<Pattern>> EXCLUDES =
      Field.optional(
          "excludes",
          Kinds.oneOrMany(regex(), MAX_RULES),
          "Regular expressions (RE2) none of which may be found in the body.");
  private static final Field<List<JsonExpect>> JSON =
      Field.optional(
          "json",
          Kinds.table("^\\$.*$", "places such as $.db or $.nodes[0]", scalar(), MAX_RULES)
              .then((pairs, _, reading) -> Optional.of(places(pairs, reading))),
          "Values at places of a JSON document (RFC 9535): {\"$.db\": up, \"$.nodes[0].ok\":"
              + " true}.");
  private static final Field<BodyExpect.SizeRange> SIZE =
      Field.optional(
          "size",
          SizeReader.KIND,
          "Bytes of the body, decoded: 1..2048, 1KiB.., ..10MiB or {min: 1, max: 2KiB}.");

  private static final Shape SHAPE =
      Shape.of("body", "What a body must be.", CONTAINS, MATCHES, EXCLUDES, JSON, SIZE);

  static final Kind<BodyExpect> KIND =
      Kinds.fields(
          SHAPE,
          (values, _, _) ->
              Optional.of(
                  new BodyExpect(
                      values.get(CONTAINS).orElse(List.of()),
                      values.get(MATCHES).orElse(List.of()),
                      values.get(EXCLUDES).orElse(List.of()),
                      values.get(JSON).orElse(List.of()),
                      values.get(SIZE))));

  private BodyReader() {}

  static Kind<Pattern> regex() {
    return Kinds.text(RegexText.MAX_LENGTH)
        .then(
            (text, node, reading) ->
                switch (RegexText.compile(text)) {
                  case RegexText.Compiled.Good(Pattern pattern) -> Optional.of(pattern);
                  case RegexText.Compiled.Bad(String why) ->
                      reading.wrong(node, "can't be used: " + why);
                });
  }

  private static List<JsonExpect> places(List<Pair<JsonScalar>> pairs, Reading reading) {
    List<JsonExpect> expects = new ArrayList<>();
    for (Pair<JsonScalar> pair : pairs) {
      Optional<JsonPath> path = JsonPath.parse(pair.key());
      if (path.isEmpty()) {
        reading.refuse(
            pair.place(),
            "has a key that is no place in a JSON document; write $.name, $['a name'], $[0] or"
                + " several of these, as in $.nodes[0].ok");
      } else {
        expects.add(new JsonExpect(path.get(), pair.value()));
      }
    }
    return expects;
  }

  private static Kind<JsonScalar> scalar() {
    return new Kind<>(
        new Form.AnyScalar(),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar
                ? jsonScalar(scalar).or(() -> reading.wrong(node, "must be a number of JSON"))
                : reading.wrong(node, "must be text, a number, true, false or null"));
  }

  private static Optional<JsonScalar> jsonScalar(Yaml.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> Optional.of(new JsonScalar.JsonText(scalar.text()));
      case BOOLEAN -> Optional.of(new JsonScalar.JsonBoolean(Boolean.parseBoolean(scalar.text())));
      case NOTHING -> Optional.of(new JsonScalar.JsonNull());
      case WHOLE_NUMBER, NUMBER -> number(scalar.text());
    };
  }

  private static Optional<JsonScalar> number(String text) {
    if (text.length() > MAX_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > MAX_SCALE
          ? Optional.empty()
          : Optional.of(new JsonScalar.JsonNumber(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
