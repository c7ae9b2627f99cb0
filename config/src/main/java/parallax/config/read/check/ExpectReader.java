package parallax.config.read.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Shape;
import parallax.config.check.BodyExpect;
import parallax.config.check.HttpExpect;
import parallax.config.check.HttpExpect.StatusRange;
import parallax.config.yaml.Yaml;

/** The {@code expect} block of HTTP. */
final class ExpectReader {
  private static final int MAX_RANGES = 32;
  private static final int MIN_STATUS = 100;
  private static final int MAX_STATUS = 599;
  private static final int MAX_HEADER_TEXT = 1_024;
  private static final Duration MIN_LATENCY = Duration.ofMillis(1);
  private static final Duration MAX_LATENCY = Duration.ofMinutes(5);
  private static final String STATUS_PATTERN = "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$";

  private static final Field<Duration> WARN =
      Field.optional(
          "warn", Kinds.duration(MIN_LATENCY, MAX_LATENCY), "DEGRADED when it takes longer.");
  private static final Field<Duration> FAIL =
      Field.optional(
          "fail", Kinds.duration(MIN_LATENCY, MAX_LATENCY), "DOWN when it takes longer.");
  private static final Shape LATENCY_SHAPE =
      Shape.of("latency", "How long the whole request may take.", WARN, FAIL);

  private record Latency(Optional<Duration> warn, Optional<Duration> fail) {}

  private static final Field<List<StatusRange>> STATUS =
      Field.optional(
          "status",
          Kinds.oneOrMany(status(), MAX_RANGES),
          "Status codes that are fine: 200, 200-299 or a list of these. Left out: 200-299.");
  private static final Field<BodyExpect> BODY =
      Field.optional("body", BodyReader.KIND, "What the body must be.");
  private static final Field<SortedMap<String, String>> HEADER =
      Field.optional(
          "header",
          Kinds.table(
                  HeaderReader.NAME_PATTERN,
                  HeaderReader.NAME_WORDS,
                  Kinds.written(MAX_HEADER_TEXT),
                  HeaderReader.MAX_HEADERS)
              .map(ExpectReader::headers),
          "By name of a header the text it must contain, ignoring case; \"\" only asks for the"
              + " header.");
  private static final Field<Latency> LATENCY =
      Field.optional(
          "latency",
          Kinds.fields(
              LATENCY_SHAPE,
              (values, _, reading) -> {
                Latency latency = new Latency(values.get(WARN), values.get(FAIL));
                boolean ordered =
                    latency.warn().isEmpty()
                        || latency.fail().isEmpty()
                        || latency.warn().get().compareTo(latency.fail().get()) <= 0;
                return ordered
                    ? Optional.of(latency)
                    : reading.refuse(
                        values.placeOf(WARN.key()),
                        "fails earlier than it warns: 'warn' must be at most as long as 'fail'");
              }),
          "How long the whole request may take.");

  private static final Shape SHAPE =
      Shape.of("expect", "What an HTTP answer must be.", STATUS, BODY, HEADER, LATENCY);

  static final Kind<HttpExpect> KIND =
      Kinds.fields(
          SHAPE,
          (values, _, _) ->
              Optional.of(
                  new HttpExpect(
                      values.get(STATUS).orElse(HttpExpect.DEFAULT.status()),
                      values.get(BODY).orElse(BodyExpect.ANYTHING),
                      values.get(HEADER).orElse(new TreeMap<>()),
                      values.get(LATENCY).flatMap(Latency::warn),
                      values.get(LATENCY).flatMap(Latency::fail))));

  private ExpectReader() {}

  private static SortedMap<String, String> headers(List<Pair<String>> pairs) {
    SortedMap<String, String> headers = new TreeMap<>();
    pairs.forEach(pair -> headers.put(pair.key().toLowerCase(Locale.ROOT), pair.value()));
    return headers;
  }

  private static Kind<StatusRange> status() {
    String must = "must be a status code from 100 to 599 or a range such as 200-299";
    return new Kind<>(
        new Form.Either(
            List.of(
                new Form.WholeNumber(MIN_STATUS, MAX_STATUS),
                new Form.Text(Optional.of(STATUS_PATTERN), 1, 7))),
        (node, reading) -> range(node).or(() -> reading.<StatusRange>wrong(node, must)));
  }

  private static Optional<StatusRange> range(Yaml node) {
    if (!(node instanceof Yaml.Scalar scalar) || !scalar.text().matches(STATUS_PATTERN)) {
      return Optional.empty();
    }
    int first = Integer.parseInt(scalar.text().substring(0, 3));
    int last = scalar.text().length() == 3 ? first : Integer.parseInt(scalar.text().substring(4));
    return first > last ? Optional.empty() : Optional.of(new StatusRange(first, last));
  }
}
