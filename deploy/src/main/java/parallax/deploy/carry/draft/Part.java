package parallax.deploy.carry.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.problem.Place;

/** A value of the configuration that is written, and where in theirs it comes from. */
public sealed interface Part {
  /** Where in their file it comes from. */
  Place origin();

  /**
   * A single value.
   *
   * @param plain whether it is a number or a truth value, written without quotes
   * @param otherwise what stands here instead where this one is refused
   */
  record Word(Place origin, String text, boolean plain, Optional<String> otherwise)
      implements Part {}

  record Rows(Place origin, List<Part> parts) implements Part {
    public Rows {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A mapping.
   *
   * @param remarks comments above it, one line each
   */
  record Keys(Place origin, List<Entry> entries, List<String> remarks) implements Part {
    public Keys {
      entries = List.copyOf(entries);
      remarks = List.copyOf(remarks);
    }

    /** With one more comment. */
    Keys remarked(String remark) {
      List<String> more = new ArrayList<>(remarks);
      more.add(remark);
      return new Keys(origin, entries, more);
    }
  }

  /** A key and its value. */
  record Entry(String key, Part value) {}

  /** How many parts are directly inside. */
  default int size() {
    return switch (this) {
      case Word _ -> 0;
      case Rows rows -> rows.parts().size();
      case Keys keys -> keys.entries().size();
    };
  }

  /** The part at {@code index} directly inside. */
  default Part at(int index) {
    return switch (this) {
      case Word word -> word;
      case Rows rows -> rows.parts().get(index);
      case Keys keys -> keys.entries().get(index).value();
    };
  }
}
