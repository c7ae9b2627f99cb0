package parallax.config.bind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;
import parallax.config.secret.ReferenceText;
import parallax.config.text.DurationText;
import parallax.config.yaml.Yaml;

/** The kinds of values that many keys share. */
public final class Kinds {
  /** The longest text where nothing shorter is said, in UTF-16 code units. */
  public static final int MAX_TEXT = 2_048;

  private static final int MAX_SHOWN = 60;

  private Kinds() {}

  /** Text that is not empty and holds no references. */
  public static Kind<String> text(int maxLength) {
    return new Kind<>(
        new Form.Text(Optional.empty(), 1, maxLength),
        (node, reading) ->
            plainText(node, reading, "must be text of 1 to " + maxLength + " characters")
                .flatMap(
                    text ->
                        text.isEmpty() || text.length() > maxLength
                            ? reading.refuse(
                                node.place(),
                                "must be text of 1 to "
                                    + maxLength
                                    + " characters; found "
                                    + text.length())
                            : Optional.of(text)));
  }

  /**
   * Text that a pattern matches.
   *
   * @param must what it must be, for the message
   */
  public static Kind<String> text(String pattern, int maxLength, String must) {
    Pattern compiled = Pattern.compile(pattern);
    return new Kind<>(
        new Form.Text(Optional.of(pattern), 1, maxLength),
        (node, reading) ->
            plainText(node, reading, must)
                .flatMap(
                    text ->
                        text.length() <= maxLength && compiled.matcher(text).matches()
                            ? Optional.of(text)
                            : reading.wrong(node, must)));
  }

  /** Text, a number or a boolean, as written; may be empty. */
  public static Kind<String> written(int maxLength) {
    String must = "must be text of at most " + maxLength + " characters";
    return new Kind<>(
        new Form.Written(maxLength),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar && scalar.type() != Yaml.Type.NOTHING
                ? withoutReferences(scalar, reading)
                    .filter(
                        text -> text.length() <= maxLength || reading.wrong(node, must).isPresent())
                : reading.wrong(node, must));
  }

  private static Optional<String> plainText(Yaml node, Reading reading, String must) {
    if (!(node instanceof Yaml.Scalar scalar)) {
      return reading.wrong(node, must);
    }
    return switch (scalar.type()) {
      case TEXT -> withoutReferences(scalar, reading);
      case NOTHING -> reading.wrong(node, must);
      case WHOLE_NUMBER, NUMBER, BOOLEAN ->
          reading.refuse(
              node.place(),
              must + "; found " + Reading.found(node) + " without quotes, which is not text");
    };
  }

  private static Optional<String> withoutReferences(Yaml.Scalar scalar, Reading reading) {
    return ReferenceText.literal(scalar.text())
        .or(
            () ->
                reading.refuse(
                    scalar.place(),
                    "can't hold a reference such as ${env:NAME}: they are allowed where secrets are"
                        + " (passwords, tokens, header values, bodies); a literal ${ is written"
                        + " $${"));
  }

  public static Kind<Duration> duration(Duration min, Duration max) {
    String range = DurationText.format(min) + " to " + DurationText.format(max);
    String must = "must be a duration of " + range + ", written like 500ms, 30s, 1h30m or 21d";
    return new Kind<>(
        new Form.Text(Optional.of(DurationText.PATTERN), 1, MAX_TEXT),
        (node, reading) ->
            text(node)
                .flatMap(DurationText::parse)
                .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0)
                .or(() -> reading.wrong(node, must)));
  }

  public static Kind<Long> wholeNumber(long min, long max) {
    String must = "must be a whole number from " + min + " to " + max;
    return new Kind<>(
        new Form.WholeNumber(min, max),
        (node, reading) ->
            wholeNumber(node)
                .filter(number -> number >= min && number <= max)
                .or(() -> reading.wrong(node, must)));
  }

  private static Optional<Long> wholeNumber(Yaml node) {
    boolean isDecimal =
        node instanceof Yaml.Scalar scalar
            && scalar.type() == Yaml.Type.WHOLE_NUMBER
            && scalar.text().matches("-?[0-9]{1,18}");
    return isDecimal ? Optional.of(Long.valueOf(((Yaml.Scalar) node).text())) : Optional.empty();
  }

  private static Optional<String> text(Yaml node) {
    return node instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** One of some words, each with its meaning. */
  public static <T> Kind<T> choice(Map<String, T> meanings) {
    Map<String, T> byWord = new LinkedHashMap<>(meanings);
    String must = "must be one of " + String.join(", ", byWord.keySet());
    return new Kind<>(
        new Form.Choice(List.copyOf(byWord.keySet())),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar && byWord.containsKey(scalar.text())
                ? Optional.ofNullable(byWord.get(scalar.text()))
                : reading.wrong(node, must));
  }

  /** A list; without the items that are wrong. */
  public static <T> Kind<List<T>> listOf(Kind<T> item, int min, int max) {
    return new Kind<>(
        new Form.ListOf(item.form(), min, max),
        (node, reading) ->
            node instanceof Yaml.Sequence list
                ? items(list, item, min, max, reading)
                : reading.refuse(node.place(), "must be a list; found " + Reading.foundKind(node)));
  }

  /** A list of at least one item, or the item by itself; without the items that are wrong. */
  public static <T> Kind<List<T>> oneOrMany(Kind<T> item, int max) {
    return new Kind<>(
        new Form.OneOrMany(item.form(), max),
        (node, reading) ->
            node instanceof Yaml.Sequence list
                ? items(list, item, 1, max, reading)
                : item.read(node, reading).map(List::of));
  }

  private static <T> Optional<List<T>> items(
      Yaml.Sequence list, Kind<T> item, int min, int max, Reading reading) {
    int count = list.items().size();
    if (count < min || count > max) {
      return reading.refuse(
          list.place(), "must have " + min + " to " + max + " items; found " + count);
    }
    List<T> values = new ArrayList<>(count);
    list.items().forEach(node -> item.read(node, reading).ifPresent(values::add));
    return Optional.of(values);
  }

  /**
   * A mapping with keys of the user's own, in the order written; without the pairs that are wrong.
   *
   * @param keys what keys must be, for the message
   */
  public static <T> Kind<List<Pair<T>>> table(
      String keyPattern, String keys, Kind<T> value, int max) {
    Pattern pattern = Pattern.compile(keyPattern);
    return new Kind<>(
        new Form.Table(keyPattern, value.form(), max),
        (node, reading) -> {
          if (!(node instanceof Yaml.Mapping mapping)) {
            return reading.refuse(
                node.place(), "must be a mapping; found " + Reading.foundKind(node));
          }
          if (mapping.entries().size() > max) {
            return reading.refuse(
                node.place(),
                "must have at most " + max + " keys; found " + mapping.entries().size());
          }
          List<Pair<T>> pairs = new ArrayList<>();
          for (Yaml.Entry entry : mapping.entries()) {
            if (pattern.matcher(entry.key()).matches()) {
              value
                  .read(entry.value(), reading.of(entry.key()))
                  .ifPresent(read -> pairs.add(new Pair<>(entry.place(), entry.key(), read)));
            } else {
              String written = Printable.bounded(entry.key(), MAX_SHOWN);
              reading.refuse(
                  entry.place(), "can't have the key '" + written + "'; keys are " + keys);
            }
          }
          return Optional.of(pairs);
        });
  }

  /** A key, where it stands, and its value. */
  public record Pair<T>(Place place, String key, T value) {}

  /** A mapping with keys of ours, made into a value. */
  public static <T> Kind<T> fields(Shape shape, Kind.Step<Values, T> make) {
    return new Kind<>(
        new Form.Fields(shape),
        (node, reading) ->
            shape.read(node, reading).flatMap(values -> make.apply(values, node, reading)));
  }

  /** Left as it is, to be read when more is known. */
  public static Kind<Yaml> raw(Form form) {
    return new Kind<>(form, (node, _) -> Optional.of(node));
  }
}
