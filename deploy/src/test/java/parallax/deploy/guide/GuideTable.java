package parallax.deploy.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A table in the guide whose rows are found in the code, while what they mean is written by hand.
 * It stands between two marks; {@code -Dparallax.guide.write=true} writes new rows and takes away
 * old ones, and what a new one means is left to be written.
 */
final class GuideTable {
  private static final String WRITE = "parallax.guide.write";

  private final Path file;
  private final String mark;

  /**
   * A table.
   *
   * @param mark {@code <!-- mark: begin -->} and {@code end} are around it
   */
  GuideTable(Path file, String mark) {
    this.file = file;
    this.mark = mark;
  }

  /** What is in it: all cells but the last, as they stand, to the last. */
  SequencedMap<String, String> rows() throws IOException {
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    for (String line : body().lines().skip(2).toList()) {
      int last = line.lastIndexOf(" | ");
      rows.put(line.substring(0, last), line.substring(last + 3).replaceAll(" \\|$", ""));
    }
    return rows;
  }

  /**
   * Writes the rows as they should be, where that is asked for.
   *
   * @param wanted all cells but the last, and the last where the code says it, else empty
   */
  void writeIfAsked(SequencedMap<String, String> wanted) throws IOException {
    if (!Boolean.getBoolean(WRITE)) {
      return;
    }
    Map<String, String> known = rows();
    List<String> lines = new ArrayList<>(body().lines().limit(2).toList());
    wanted.forEach(
        (row, means) -> {
          String last = means.isEmpty() ? known.getOrDefault(row, "?") : means;
          lines.add(row + " | " + last + " |");
        });
    String text = Files.readString(file);
    Files.writeString(file, text.replace(body(), String.join("\n", lines) + "\n"));
  }

  private String body() throws IOException {
    String text = Files.readString(file);
    String begin = "<!-- " + mark + ": begin -->\n";
    int from = text.indexOf(begin);
    int to = text.indexOf("<!-- " + mark + ": end -->");
    if (from < 0 || to < from) {
      throw new AssertionError(file + " has no table " + mark);
    }
    return text.substring(from + begin.length(), to);
  }
}
