package parallax.config.problem;

import java.nio.file.Path;

/**
 * A character of a file.
 *
 * @param line from 1
 * @param column from 1, in Unicode code points
 */
public record Place(Path file, int line, int column) {
  public Place {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("not a place: " + line + ":" + column);
    }
  }

  /** The first character of {@code file}: where problems of a file as a whole are shown. */
  public static Place startOf(Path file) {
    return new Place(file, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
