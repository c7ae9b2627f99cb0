package parallax.coordinator.replay.scenario.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Values;
import parallax.config.text.Nearest;
import parallax.config.yaml.Yaml;
import parallax.coordinator.replay.scenario.Scenario;

/** The kinds of values that scenarios are written in. */
final class ScenarioKinds {
  /** The longest name. */
  static final int MAX_NAME = 100;

  /** The most values of a list that is no list of targets. */
  static final int MAX_VALUES = 100;

  private static final double MS_PER_SECOND = 1_000;
  private static final String NUMBER =
      "[-+]?([0-9]{1,15}(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,2})?";

  private ScenarioKinds() {}

  /** A window of time; half open or not, as its key says. */
  record Window(long startMs, long endMs) {}

  /** A name of anything; may look like a number. */
  static Kind<String> name() {
    return Kinds.written(MAX_NAME)
        .then(
            (text, node, reading) ->
                text.isBlank() ? reading.wrong(node, "must be a name") : Optional.of(text));
  }

  static Kind<List<String>> names(int max) {
    return Kinds.listOf(name(), 0, max);
  }

  /**
   * A list of names that are known.
   *
   * @param must what they must be, for the message
   * @param known empty when nothing is to be said about names
   */
  static Kind<List<String>> known(String must, Optional<? extends Set<String>> known, int max) {
    Kind<String> item =
        name()
            .then(
                (name, node, reading) ->
                    known.isEmpty() || known.get().contains(name)
                        ? Optional.of(name)
                        : reading.wrong(node, must + hint(name, known.get())));
    return Kinds.listOf(item, 1, max);
  }

  private static String hint(String name, Set<String> known) {
    return Nearest.of(name, known).map(near -> " (did you mean '" + near + "'?)").orElse("");
  }

  /** A number from {@code min} to {@code max}, with or without decimals. */
  static Kind<Double> number(double min, double max) {
    String must = "must be a number from " + plain(min) + " to " + plain(max);
    return new Kind<>(
        new Form.AnyScalar(),
        (node, reading) ->
            number(node)
                .filter(value -> value >= min && value <= max)
                .or(() -> reading.wrong(node, must)));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static Optional<Double> number(Yaml node) {
    return node instanceof Yaml.Scalar scalar
            && (scalar.type() == Yaml.Type.WHOLE_NUMBER || scalar.type() == Yaml.Type.NUMBER)
            && scalar.text().matches(NUMBER)
        ? Optional.of(Double.valueOf(scalar.text()))
        : Optional.empty();
  }

  static Kind<Double> probability() {
    return number(0, 1);
  }

  /** Seconds, to the millisecond. */
  static Kind<Long> seconds(long minMs, long maxMs) {
    return number(minMs / MS_PER_SECOND, maxMs / MS_PER_SECOND)
        .map(seconds -> Math.round(seconds * MS_PER_SECOND));
  }

  /** Seconds since the start. */
  static Kind<Long> moment() {
    return seconds(0, Scenario.MAX_DURATION_MS);
  }

  /** A pair of moments, the first before the second. */
  static Kind<Window> window(long endOfScenarioMs) {
    Kind<Long> moment = moment();
    return new Kind<>(
        new Form.ListOf(new Form.AnyScalar(), 2, 2),
        (node, reading) -> {
          if (!(node instanceof Yaml.Sequence list) || list.items().size() != 2) {
            return reading.wrong(node, "must be two moments in seconds, [from, until]");
          }
          Yaml last = list.items().get(1);
          Optional<Long> start = moment.read(list.items().get(0), reading);
          Optional<Long> end =
              isWord(last, "end") ? Optional.of(endOfScenarioMs) : moment.read(last, reading);
          if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
          }
          return start.get() < end.get()
              ? Optional.of(new Window(start.get(), end.get()))
              : reading.refuse(last.place(), "must end after it starts");
        });
  }

  /** A number, or a pair of them. */
  static Kind<List<Double>> oneOrTwo(Kind<Double> number) {
    return Kinds.oneOrMany(number, 2);
  }

  static boolean isWord(Yaml node, String word) {
    return node instanceof Yaml.Scalar scalar && scalar.text().equals(word);
  }

  /** The value that means yes; left out is no. */
  static Kind<Boolean> yes() {
    return new Kind<>(
        new Form.Choice(List.of("true")),
        (node, reading) ->
            isWord(node, "true") ? Optional.of(true) : reading.wrong(node, "must be true"));
  }

  /** The same, called so in messages. */
  static <T> Kind<T> named(String name, Kind<T> kind) {
    return new Kind<>(kind.form(), (node, reading) -> kind.read(node, reading.of(name)));
  }

  static Kind<Boolean> yesOrNo() {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("true", true);
    words.put("false", false);
    return Kinds.choice(words);
  }

  /** A constant by its name, in the case it is written in. */
  static <E extends Enum<E>> Kind<E> constant(List<E> values, boolean lowerCase) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(lowerCase ? value.name().toLowerCase(Locale.ROOT) : value.name(), value);
    }
    return Kinds.choice(words);
  }

  /** Items, each with a name that no other has. */
  static <T> Kind<List<T>> unique(
      Kind<T> item, String what, Function<T, String> name, int min, int max) {
    return new Kind<>(
        new Form.ListOf(item.form(), min, max),
        (node, reading) ->
            Kinds.listOf(named(what, item).located(), min, max)
                .read(node, reading)
                .map(items -> distinct(items, what, name, reading)));
  }

  private static <T> List<T> distinct(
      List<Located<T>> items, String what, Function<T, String> name, Reading reading) {
    Set<String> seen = new LinkedHashSet<>();
    List<T> values = new ArrayList<>();
    for (Located<T> item : items) {
      String named = name.apply(item.value());
      if (!seen.add(named)) {
        reading
            .problems()
            .error(item.place(), what + " '" + named + "' is defined twice; rename or remove one");
      }
      values.add(item.value());
    }
    return values;
  }

  /** Whether all these keys stand there and could be read. */
  static boolean hasAll(Values values, Field<?>... fields) {
    return Arrays.stream(fields).allMatch(field -> values.get(field).isPresent());
  }
}
