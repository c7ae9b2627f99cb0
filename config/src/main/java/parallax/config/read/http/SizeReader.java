package parallax.config.read.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.check.http.BodyExpect.SizeRange;
import parallax.config.text.SizeText;
import parallax.config.yaml.Yaml;

/** A range of sizes: {@code 1..2KiB} or {@code {min: 1, max: 2KiB}}. */
final class SizeReader {
  private static final long MAX_PLAIN = 999_999_999;
  private static final int MAX_TEXT = 32;
  private static final String MUST =
      "must be a range such as 1..2048, 1KiB.. or ..10MiB, smaller end first";

  private static final Field<Long> MIN =
      Field.optional("min", size(), "The fewest bytes. Left out: 0.");
  private static final Field<Long> MAX =
      Field.optional("max", size(), "The most bytes. Left out: any number.");
  private static final Shape SHAPE = Shape.of("size", "A range of sizes in bytes.", MIN, MAX);

  private static final Kind<SizeRange> BOUNDS =
      Kinds.fields(
          SHAPE,
          (values, node, reading) ->
              range(
                  new SizeText.Range(
                      values.get(MIN).orElse(0L), values.get(MAX).orElse(Long.MAX_VALUE)),
                  node,
                  reading));

  private static final Form.Text RANGE =
      new Form.Text(Optional.of(SizeText.RANGE_PATTERN), 1, MAX_TEXT);

  static final Kind<SizeRange> KIND =
      new Kind<>(
          new Form.Either(List.of(BOUNDS.form(), RANGE)),
          (node, reading) -> {
            if (node instanceof Yaml.Mapping) {
              return BOUNDS.read(node, reading);
            }
            Optional<SizeText.Range> range = text(node).flatMap(SizeText::parseRange);
            return range.isPresent()
                ? range(range.get(), node, reading)
                : reading.wrong(node, MUST);
          });

  private SizeReader() {}

  private static Optional<SizeRange> range(SizeText.Range range, Yaml node, Reading reading) {
    return range.min() > range.max()
        ? reading.wrong(node, MUST)
        : Optional.of(new SizeRange(range.min(), range.max()));
  }

  private static Optional<String> text(Yaml node) {
    return node instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  static Kind<Long> size() {
    return new Kind<>(
        new Form.Either(
            List.of(
                new Form.WholeNumber(0, MAX_PLAIN),
                new Form.Text(Optional.of(SizeText.PATTERN), 1, MAX_TEXT))),
        (node, reading) -> {
          OptionalLong size =
              node instanceof Yaml.Scalar scalar
                  ? SizeText.parse(scalar.text())
                  : OptionalLong.empty();
          return size.isPresent()
              ? Optional.of(size.getAsLong())
              : reading.wrong(node, "must be a number of bytes, such as 2048, 2KiB or 1MiB");
        });
  }
}
