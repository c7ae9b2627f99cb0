package parallax.config.yaml;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.yaml.Yaml.Mapping;

/**
 * Parses one YAML 1.2 document out of a file. Anchors, aliases, merge keys, tags and further
 * documents are refused, so what a reader sees is what there is; size, depth and number of nodes
 * are bounded.
 */
public final class YamlParser {
  /** The largest file, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  /** The deepest nesting of lists and mappings. */
  public static final int MAX_DEPTH = 32;

  /** The most scalars, lists and mappings in a file. */
  public static final int MAX_NODES = 250_000;

  private final Path file;
  private final Problems problems;
  private final Deque<OpenNode> open = new ArrayDeque<>();
  private Optional<Yaml> root = Optional.empty();
  private Place documentStart;
  private int documents;
  private int nodes;

  private YamlParser(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.documentStart = Place.startOf(file);
  }

  /**
   * The document in {@code bytes}; an empty mapping when there is none; empty when the file breaks
   * the rules of YAML, which {@code problems} then says. Smaller offences (a duplicate key, an
   * anchor) are noted, too, but the document is still given.
   */
  public static Optional<Yaml> parse(Path file, ByteBuffer bytes, Problems problems) {
    if (bytes.remaining() > MAX_BYTES) {
      problems.error(Place.startOf(file), "the file is larger than 1 MiB; split it into several");
      return Optional.empty();
    }
    return Utf8Text.decode(file, bytes, problems)
        .flatMap(text -> new YamlParser(file, problems).document(text));
  }

  private Optional<Yaml> document(String text) {
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(MAX_BYTES + 1).build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        if (!accept(event)) {
          return Optional.empty();
        }
      }
    } catch (MarkedYamlEngineException e) {
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      Place place = e.getProblemMark().map(this::place).orElse(documentStart);
      problems.error(place, "not YAML: " + (context + e.getProblem()).replace('\n', ' '));
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.error(
          documentStart,
          "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return Optional.empty();
    }
    return root.or(() -> Optional.of(new Mapping(documentStart, List.of())));
  }

  /** Takes one event; false when the rest of the file is not worth reading. */
  private boolean accept(Event event) {
    Place place = event.getStartMark().map(this::place).orElse(documentStart);
    return switch (event.getEventId()) {
      case DocumentStart -> startDocument(place);
      case Alias -> {
        problems.error(
            place,
            "alias *"
                + ((AliasEvent) event).getAlias().getValue()
                + " is not allowed; write the value out, or put it into 'defaults'");
        skip(place);
        yield true;
      }
      case Scalar -> {
        ScalarEvent scalar = (ScalarEvent) event;
        refuseDecoration(place, scalar, scalar.getTag());
        yield add(new Yaml.Scalar(place, ScalarTypes.of(scalar), scalar.getValue()));
      }
      case MappingStart, SequenceStart -> {
        CollectionStartEvent start = (CollectionStartEvent) event;
        refuseDecoration(place, start, start.getTag());
        yield open(OpenNode.of(place, event.getEventId() == Event.ID.MappingStart));
      }
      case MappingEnd, SequenceEnd -> add(open.pop().close());
      case Comment, DocumentEnd, StreamStart, StreamEnd -> true;
    };
  }

  private boolean startDocument(Place place) {
    documents++;
    if (documents > 1) {
      problems.error(
          place, "a second document starts here; one is allowed, write it into a file of its own");
      return false;
    }
    return true;
  }

  private boolean open(OpenNode node) {
    if (open.size() >= MAX_DEPTH) {
      problems.error(node.place(), "nested deeper than " + MAX_DEPTH + " levels");
      return false;
    }
    if (open.isEmpty()) {
      documentStart = node.place();
    }
    open.push(node);
    return true;
  }

  private boolean add(Yaml node) {
    nodes++;
    if (nodes > MAX_NODES) {
      problems.error(
          node.place(), "more than " + MAX_NODES + " values in one file; split it into several");
      return false;
    }
    OpenNode parent = open.peek();
    if (parent == null) {
      root = Optional.of(node);
    } else {
      parent.add(node, problems);
    }
    return true;
  }

  /** Leaves out what an alias stands for, and its key. */
  private void skip(Place place) {
    OpenNode parent = open.peek();
    if (parent != null) {
      parent.skip(place);
    }
  }

  private void refuseDecoration(Place place, NodeEvent event, Optional<String> tag) {
    event
        .getAnchor()
        .ifPresent(
            anchor ->
                problems.error(
                    place,
                    "anchor &"
                        + anchor.getValue()
                        + " is not allowed; what targets share stands in 'defaults'"));
    tag.ifPresent(
        name -> problems.error(place, "tag " + name + " is not allowed; write the plain value"));
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
