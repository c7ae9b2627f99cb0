package parallax.probe.registration.rdap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259), with views that make nothing of what has the wrong type. */
sealed interface Json {
  /**
   * Of the members with one name the first counts.
   *
   * @param members in order
   */
  record Members(Map<String, Json> members) implements Json {
    public Members {
      members = new LinkedHashMap<>(members);
    }
  }

  record Elements(List<Json> elements) implements Json {
    public Elements {
      elements = List.copyOf(elements);
    }
  }

  record Text(String value) implements Json {}

  /** A number, true or false. */
  record Other(String value) implements Json {}

  record Null() implements Json {}

  /** A member, {@link Null} when there is none. */
  default Json get(String name) {
    return this instanceof Members(Map<String, Json> members)
        ? members.getOrDefault(name, new Null())
        : new Null();
  }

  /** The elements of an array; anything else counts as an array of itself, nothing as none. */
  default List<Json> each() {
    return switch (this) {
      case Elements(List<Json> elements) -> elements;
      case Null() -> List.of();
      case Members _, Text _, Other _ -> List.of(this);
    };
  }

  default Optional<String> text() {
    return switch (this) {
      case Text(String value) -> Optional.of(value);
      case Other(String value) -> Optional.of(value);
      case Members _, Elements _, Null _ -> Optional.empty();
    };
  }
}
