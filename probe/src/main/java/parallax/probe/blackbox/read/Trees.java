package parallax.probe.blackbox.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;

/**
 * Files of YAML as trees. Anchors, aliases and merge keys are those of many a blackbox.yml in use,
 * so they are allowed here, within bounds.
 */
public final class Trees {
  /** What a blackbox.yml may have. */
  static final Limits USUAL = new Limits(1 << 20, 100_000);

  private static final int MAX_DEPTH = 32;
  private static final String BINARY = "tag:yaml.org,2002:binary";
  private static final String MERGE = "<<";

  private final Path file;
  private final Limits limits;
  private final Problems problems;
  private int nodes;

  private Trees(Path file, Limits limits, Problems problems) {
    this.file = file;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * How much of a file is read.
   *
   * @param bytes of the file, whole MiB
   * @param nodes the most values, those that aliases repeat included
   */
  public record Limits(int bytes, int nodes) {}

  /** The document in {@code bytes}; empty when it is none, which {@code problems} then says. */
  static Optional<Node> read(Path file, byte[] bytes, Problems problems) {
    return read(file, bytes, USUAL, problems);
  }

  /** The same within other limits. */
  public static Optional<Node> read(Path file, byte[] bytes, Limits limits, Problems problems) {
    Place start = Place.startOf(file);
    if (bytes.length > limits.bytes()) {
      problems.error(start, "the file is larger than " + (limits.bytes() >> 20) + " MiB");
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(limits.bytes() + 1).build();
    Trees trees = new Trees(file, limits, problems);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
      return root.isEmpty()
          ? Optional.of(new Node.Fields(start, List.of()))
          : trees.node(root.get(), 0);
    } catch (CharacterCodingException notText) {
      problems.error(start, "the file is not UTF-8; save it in the encoding UTF-8");
    } catch (MarkedYamlEngineException e) {
      String context =
          e.getContext() == null || e.getContext().isBlank() ? "" : e.getContext() + ", ";
      problems.error(
          e.getProblemMark().map(trees::place).orElse(start),
          "not YAML: " + (context + e.getProblem()).replace('\n', ' '));
    } catch (YamlEngineException e) {
      problems.error(
          start, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }

  private Optional<Node> node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Place place = node.getStartMark().map(this::place).orElse(Place.startOf(file));
    nodes++;
    if (nodes > limits.nodes() || depth > MAX_DEPTH) {
      problems.error(
          place,
          depth > MAX_DEPTH
              ? "nested deeper than " + MAX_DEPTH + " levels"
              : "more than " + limits.nodes() + " values, with what aliases repeat");
      return Optional.empty();
    }
    return switch (node) {
      case ScalarNode scalar -> leaf(place, scalar);
      case SequenceNode list -> {
        List<Node> items = new ArrayList<>();
        for (org.snakeyaml.engine.v2.nodes.Node item : list.getValue()) {
          Optional<Node> read = node(item, depth + 1);
          if (read.isEmpty()) {
            yield Optional.empty();
          }
          items.add(read.get());
        }
        yield Optional.of(new Node.Items(place, items));
      }
      case MappingNode mapping -> fields(place, mapping, depth);
      default -> {
        problems.error(place, "neither a value, nor a list, nor a mapping");
        yield Optional.empty();
      }
    };
  }

  private Optional<Node> leaf(Place place, ScalarNode scalar) {
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    if (!scalar.getTag().getValue().equals(BINARY)) {
      return Optional.of(new Node.Leaf(place, scalar.getValue(), plain, false));
    }
    try {
      byte[] octets = Base64.getMimeDecoder().decode(scalar.getValue());
      return Optional.of(
          new Node.Leaf(place, new String(octets, StandardCharsets.ISO_8859_1), false, true));
    } catch (IllegalArgumentException notBase64) {
      problems.error(place, "!!binary must be base64");
      return Optional.empty();
    }
  }

  private Optional<Node> fields(Place place, MappingNode mapping, int depth) {
    Map<String, Node.Field> own = new LinkedHashMap<>();
    Map<String, Node.Field> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place at = tuple.getKeyNode().getStartMark().map(this::place).orElse(place);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.error(at, "a list or a mapping can't be a key; a key is a word");
        continue;
      }
      Optional<Node> value = node(tuple.getValueNode(), depth + 1);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (key.getValue().equals(MERGE) && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merge(value.get(), merged);
        continue;
      }
      Node.Field earlier =
          own.putIfAbsent(key.getValue(), new Node.Field(at, key.getValue(), value.get()));
      if (earlier != null) {
        problems.error(
            at,
            "key '"
                + key.getValue()
                + "' is given twice; first in line "
                + earlier.place().line()
                + ", keep one");
      }
    }
    merged.forEach(own::putIfAbsent);
    return Optional.of(new Node.Fields(place, List.copyOf(own.values())));
  }

  /** Of several mappings the first that has a key counts. */
  private void merge(Node value, Map<String, Node.Field> into) {
    switch (value) {
      case Node.Fields fields ->
          fields.fields().forEach(field -> into.putIfAbsent(field.key(), field));
      case Node.Items items -> items.nodes().forEach(item -> merge(item, into));
      case Node.Leaf leaf -> problems.error(leaf.place(), "merge key << must name a mapping");
    }
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
