package parallax.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;

/** A list or mapping whose end has not been read yet. */
sealed interface OpenNode {
  Place place();

  /** Takes the next node inside. */
  void add(Yaml node, Problems problems);

  /** Takes note that the next node was refused. */
  void skip(Place place);

  Yaml close();

  static OpenNode of(Place place, boolean mapping) {
    return mapping ? new OpenMapping(place) : new OpenSequence(place, new ArrayList<>());
  }

  /** A list so far. */
  record OpenSequence(Place place, List<Yaml> items) implements OpenNode {
    @Override
    public void add(Yaml node, Problems problems) {
      items.add(node);
    }

    @Override
    public void skip(Place place) {}

    @Override
    public Yaml close() {
      return new Yaml.Sequence(place, items);
    }
  }

  /** A mapping so far: keys and values come in turn. */
  final class OpenMapping implements OpenNode {
    private final Place place;
    private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    private Optional<Yaml> key = Optional.empty();

    OpenMapping(Place place) {
      this.place = place;
    }

    @Override
    public Place place() {
      return place;
    }

    @Override
    public void add(Yaml node, Problems problems) {
      if (key.isEmpty()) {
        key = Optional.of(node);
        return;
      }
      Yaml written = key.get();
      key = Optional.empty();
      if (!(written instanceof Yaml.Scalar scalar)) {
        problems.error(written.place(), "a list or a mapping can't be a key; a key is a word");
        return;
      }
      Yaml.Entry first = entries.get(scalar.text());
      if (scalar.text().equals("<<")) {
        problems.error(
            scalar.place(), "merge key << is not allowed; what targets share stands in 'defaults'");
      } else if (first != null) {
        problems.error(
            scalar.place(),
            "key '"
                + scalar.text()
                + "' is given twice; first in line "
                + first.place().line()
                + ", keep one");
      } else {
        entries.put(scalar.text(), new Yaml.Entry(scalar.place(), scalar.text(), node));
      }
    }

    @Override
    public void skip(Place refused) {
      // As a key it stands for no known one; as a value it takes its key along.
      key =
          key.isPresent()
              ? Optional.empty()
              : Optional.of(new Yaml.Scalar(refused, Yaml.Type.NOTHING, "*"));
    }

    @Override
    public Yaml close() {
      return new Yaml.Mapping(place, List.copyOf(entries.values()));
    }
  }
}
