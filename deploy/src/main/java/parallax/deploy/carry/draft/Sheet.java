package parallax.deploy.carry.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;

/** A mapping while it is filled in; keys keep the order in which they come. Not thread-safe. */
public final class Sheet {
  private final Place origin;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  public Sheet(Place origin) {
    this.origin = origin;
  }

  public Place origin() {
    return origin;
  }

  /** Text. */
  public Sheet text(String key, String text, Place from) {
    values.put(key, new Part.Word(from, text, false, Optional.empty()));
    return this;
  }

  /** Text, or another where the first is refused. */
  public Sheet text(String key, String text, String otherwise, Place from) {
    values.put(key, new Part.Word(from, text, false, Optional.of(otherwise)));
    return this;
  }

  /** A number or a truth value, as it is written. */
  public Sheet plain(String key, String text, Place from) {
    values.put(key, new Part.Word(from, text, true, Optional.empty()));
    return this;
  }

  /** One more text in a list. */
  public Sheet more(String key, String text, Place from) {
    if (values.computeIfAbsent(key, _ -> new Many(from)) instanceof Many many) {
      many.words.add(new Part.Word(from, text, false, Optional.empty()));
    }
    return this;
  }

  /** The mapping under a key, made when there is none. */
  public Sheet at(String key, Place from) {
    Object there = values.computeIfAbsent(key, _ -> new Sheet(from));
    if (there instanceof Sheet sheet) {
      return sheet;
    }
    throw new IllegalStateException("not a mapping: " + key);
  }

  /** A mapping as one more item of a list. */
  public Sheet add(String key, Sheet item) {
    if (values.computeIfAbsent(key, _ -> new Many(item.origin)) instanceof Many many) {
      many.words.add(item);
    }
    return this;
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The text under a key. */
  public Optional<String> read(String key) {
    return values.get(key) instanceof Part.Word word ? Optional.of(word.text()) : Optional.empty();
  }

  /** A comment above it. */
  public void remark(String text) {
    remarks.add(text);
  }

  /** As it is now, without mappings in which nothing stands. */
  public Part.Keys done() {
    List<Part.Entry> entries = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          Part part = part(value);
          if (part instanceof Part.Word || part.size() > 0) {
            entries.add(new Part.Entry(key, part));
          }
        });
    return new Part.Keys(origin, entries, remarks);
  }

  private static Part part(Object value) {
    return switch (value) {
      case Sheet sheet -> sheet.done();
      case Many many ->
          new Part.Rows(many.origin, many.words.stream().<Part>map(Sheet::part).toList());
      case Part part -> part;
      default -> throw new IllegalStateException("not a part: " + value.getClass());
    };
  }

  /** A list while it is filled in. */
  private static final class Many {
    private final Place origin;
    private final List<Object> words = new ArrayList<>();

    Many(Place origin) {
      this.origin = origin;
    }
  }
}
