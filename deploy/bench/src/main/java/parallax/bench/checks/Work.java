package parallax.bench.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One kind of check, and how the peer is asked for the same.
 *
 * @param url as a target is written
 * @param count checks a round
 * @param module of the peer
 * @param target of the peer
 */
record Work(String name, String url, int count, String module, String target) {
  private static final int COLUMNS = 5;

  /** One a line, as tab-separated values. */
  static List<Work> list(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Work::read).toList();
  }

  private static Work read(String line) {
    String[] values = line.split("\t", COLUMNS);
    return new Work(values[0], values[1], Integer.parseInt(values[2]), values[3], values[4]);
  }
}
