package parallax.config.check.journey;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.secret.Secret;

/** Text of a step, put together when the step is taken. */
public record Template(List<Piece> pieces) {
  /** More pieces than this do not make a text. */
  public static final int MAX_PIECES = 256;

  public Template {
    pieces = List.copyOf(pieces);
    if (pieces.size() > MAX_PIECES) {
      throw new IllegalArgumentException("more than " + MAX_PIECES + " pieces");
    }
  }

  /** A part of the text. */
  public sealed interface Piece {}

  /** Known when the configuration is read. */
  public record Fixed(Secret text) implements Piece {}

  /** The value that an earlier step captured under this name. */
  public record Captured(String name) implements Piece {}

  /** Text in which nothing is captured. */
  public static Template of(String text) {
    return new Template(List.of(new Fixed(Secret.of(text))));
  }

  /** The names of all values that it takes. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    for (Piece piece : pieces) {
      if (piece instanceof Captured(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether it begins with a captured value: of a URL, that an answer says where to go. */
  public boolean isLed() {
    return !pieces.isEmpty() && pieces.getFirst() instanceof Captured;
  }

  /** What is known of it before anything is captured. */
  public String start() {
    return !pieces.isEmpty() && pieces.getFirst() instanceof Fixed(Secret text)
        ? text.reveal()
        : "";
  }
}
