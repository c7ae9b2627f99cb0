package parallax.config.planned;

import java.util.List;
import parallax.config.secret.Secret;

/** Text of a step, put together when the step is taken. */
public record Template(List<Piece> pieces) {
  public Template {
    pieces = List.copyOf(pieces);
  }

  /** A part of the text. */
  public sealed interface Piece {}

  /** Known when the configuration is read. */
  public record Fixed(Secret text) implements Piece {}

  /** The value that an earlier step captured under this name. */
  public record Captured(String name) implements Piece {}
}
