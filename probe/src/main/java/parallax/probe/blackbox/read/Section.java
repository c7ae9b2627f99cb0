package parallax.probe.blackbox.read;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.text.Nearest;
import parallax.config.text.RegexText;
import parallax.probe.blackbox.module.Value;

/**
 * A mapping of which each key is asked for once; {@link #end} then refuses those nobody asked for.
 * What is wrong is noted, and read as if it were not there.
 */
public final class Section {
  private static final int MAX_TEXT = 64 * 1024;
  private static final int MAX_ITEMS = 1_000;
  private static final List<String> TRUE = List.of("true", "yes", "on", "y");
  private static final List<String> FALSE = List.of("false", "no", "off", "n");

  private final Problems problems;
  private final String name;
  private final Place place;
  private final Map<String, Node.Field> fields = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  private Section(Problems problems, String name, Place place) {
    this.problems = problems;
    this.name = name;
    this.place = place;
  }

  /** A mapping, or nothing where another thing stands. */
  public static Section of(Problems problems, String name, Node node) {
    Section section = new Section(problems, name, node.place());
    switch (node) {
      case Node.Fields mapping -> mapping.fields().forEach(f -> section.fields.put(f.key(), f));
      case Node.Leaf leaf when leaf.isNothing() -> {}
      case Node.Leaf leaf -> section.notMapping(leaf);
      case Node.Items items -> section.notMapping(items);
    }
    return section;
  }

  private void notMapping(Node node) {
    problems.error(node.place(), "'" + name + "' must be a mapping; found " + Node.kind(node));
  }

  public Problems problems() {
    return problems;
  }

  public Place place() {
    return place;
  }

  /** Every field, in order, for mappings with keys of the user's own. */
  public List<Node.Field> all() {
    return List.copyOf(fields.values());
  }

  public boolean has(String key) {
    return take(key).isPresent();
  }

  /** The value, unless it is nothing. */
  public Optional<Node> take(String key) {
    known.add(key);
    return Optional.ofNullable(fields.get(key))
        .map(Node.Field::value)
        .filter(node -> !(node instanceof Node.Leaf leaf && leaf.isNothing()));
  }

  /** Where the value stands, or where the mapping does. */
  public Place placeOf(String key) {
    return Optional.ofNullable(fields.get(key)).map(Node.Field::place).orElse(place);
  }

  public <T> Optional<T> wrong(String key, Node node, String must) {
    problems.error(node.place(), "'" + key + "' " + must + "; found " + Node.found(node));
    return Optional.empty();
  }

  /** Notes what is wrong at a key. */
  public void refuse(String key, String why) {
    problems.error(placeOf(key), "'" + key + "' " + why);
  }

  /** A key of the exporter that means something we cannot do. */
  void unsupported(String key, String instead) {
    if (has(key)) {
      refuse(key, "is not supported; " + instead);
    }
  }

  public Optional<String> text(String key) {
    return take(key).flatMap(node -> text(key, node));
  }

  private Optional<String> text(String key, Node node) {
    return node instanceof Node.Leaf leaf && leaf.text().length() <= MAX_TEXT
        ? Optional.of(leaf.text())
        : wrong(key, node, "must be text");
  }

  /** Text that may be a secret: never shown in a message. */
  Optional<Value> secret(String key) {
    return take(key)
        .flatMap(
            node -> {
              if (node instanceof Node.Leaf leaf) {
                return Optional.of(Value.of(leaf.text()));
              }
              problems.error(node.place(), "'" + key + "' must be text; found " + Node.kind(node));
              return Optional.empty();
            });
  }

  /** A value here or in a file: not both. */
  public Optional<Value> secretOrFile(String key, String fileKey) {
    Optional<Value> here = secret(key);
    Optional<Value> there = file(fileKey).map(Value.InFile::new);
    if (here.isPresent() && there.isPresent()) {
      refuse(fileKey, "and '" + key + "' can't be given both; keep one");
    }
    return here.or(() -> there);
  }

  Optional<Path> file(String key) {
    return text(key).filter(text -> !text.isEmpty()).map(Path::of);
  }

  public boolean flag(String key, boolean otherwise) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    String word =
        node.get() instanceof Node.Leaf leaf && leaf.plain()
            ? leaf.text().toLowerCase(java.util.Locale.ROOT)
            : "";
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      wrong(key, node.get(), "must be true or false");
      return otherwise;
    }
    return TRUE.contains(word);
  }

  public int whole(String key, int least, int most, int otherwise) {
    Optional<Node> node = take(key);
    return node.flatMap(value -> whole(key, value, least, most)).orElse(otherwise);
  }

  private Optional<Integer> whole(String key, Node node, int least, int most) {
    boolean digits =
        node instanceof Node.Leaf leaf && leaf.plain() && leaf.text().matches("[+-]?[0-9]{1,9}");
    Optional<Integer> number =
        digits ? Optional.of(Integer.valueOf(((Node.Leaf) node).text())) : Optional.empty();
    return number
        .filter(value -> value >= least && value <= most)
        .or(() -> wrong(key, node, "must be a whole number from " + least + " to " + most));
  }

  List<Integer> wholes(String key, int least, int most) {
    return items(key, node -> whole(key, node, least, most));
  }

  public List<String> texts(String key) {
    return items(key, node -> text(key, node));
  }

  public Optional<Duration> duration(String key) {
    return take(key)
        .flatMap(
            node ->
                (node instanceof Node.Leaf leaf
                        ? GoText.duration(leaf.text())
                        : Optional.<Duration>empty())
                    .filter(duration -> !duration.isNegative())
                    .or(
                        () ->
                            wrong(
                                key,
                                node,
                                "must be a duration as Go writes it, such as 5s, 1m30s or 500ms")));
  }

  Optional<Pattern> pattern(String key) {
    return take(key).flatMap(node -> pattern(key, node));
  }

  List<Pattern> patterns(String key) {
    return items(key, node -> pattern(key, node));
  }

  Optional<Pattern> pattern(String key, Node node) {
    return text(key, node)
        .flatMap(
            regex ->
                switch (RegexText.compile(regex)) {
                  case RegexText.Compiled.Good(Pattern pattern) -> Optional.of(pattern);
                  case RegexText.Compiled.Bad(String why) ->
                      wrong(key, node, "must be a regular expression of RE2 (" + why + ")");
                });
  }

  /** A list; without the items that are wrong. */
  public <T> List<T> items(String key, Function<Node, Optional<T>> read) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Node.Items list) || list.nodes().size() > MAX_ITEMS) {
      wrong(key, node.get(), "must be a list of at most " + MAX_ITEMS + " items");
      return List.of();
    }
    List<T> values = new ArrayList<>();
    list.nodes().forEach(item -> read.apply(item).ifPresent(values::add));
    return values;
  }

  /** The mapping at a key; an empty one when there is none. */
  public Section section(String key) {
    return take(key)
        .map(node -> of(problems, key, node))
        .orElseGet(() -> new Section(problems, key, placeOf(key)));
  }

  /** Refuses the keys that nobody asked for. */
  public void end() {
    for (Node.Field field : fields.values()) {
      if (!known.contains(field.key())) {
        String meant =
            Nearest.of(field.key(), known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known here: " + String.join(", ", known));
        problems.error(
            field.place(),
            "'"
                + name
                + "' has no key '"
                + Printable.bounded(field.key(), Node.MAX_SHOWN)
                + "'; "
                + meant);
      }
    }
  }
}
