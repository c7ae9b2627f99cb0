package parallax.config.problem;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Something wrong in a file: what was found, what is allowed and, where that helps, what to do.
 *
 * @param line from 1
 * @param column from 1, in Unicode code points
 * @param message one line; never holds the value of a secret
 */
public record Problem(Path file, int line, int column, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: message}, as compilers write it. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
