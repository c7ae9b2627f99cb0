package parallax.deploy.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide tells what every bad line of the log means, and of no line that there is not. */
final class LogLinesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final GuideTable TABLE =
      new GuideTable(ROOT.resolve("docs/log-lines.md"), "lines");

  @Test
  void theGuideHasEachLineOfTheSourcesAndNoOther() throws IOException {
    List<Path> sources =
        Stream.of("config", "probe", "coordinator", "deploy")
            .map(module -> ROOT.resolve(module).resolve("src/main/java"))
            .toList();
    // The same line of several classes is one row, but for those that are nothing but what differs.
    Map<String, TreeSet<String>> classes = new TreeMap<>();
    for (LogLines.Line line : LogLines.of(sources)) {
      String own = line.words().equals("…") ? line.of() : "";
      String key = line.words() + "\0" + line.level() + "\0" + own;
      classes.computeIfAbsent(key, _ -> new TreeSet<>()).add(line.of());
    }
    List<String> wanted =
        classes.entrySet().stream()
            .map(entry -> row(entry.getKey().split("\0"), entry.getValue()))
            .toList();
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    wanted.forEach(row -> rows.put(row, ""));
    TABLE.writeIfAsked(rows);
    assertThat(TABLE.rows().sequencedKeySet()).containsExactlyElementsOf(wanted);
    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(TABLE.rows().values()).allSatisfy(means -> assertThat(means).hasSizeGreaterThan(10));
  }

  private static String row(String[] parts, SortedSet<String> classes) {
    return "| " + parts[1] + " | `" + parts[0] + "` | " + String.join(", ", classes);
  }

  @Test
  void whatIsWrittenInPartsAndWhatIsNamedIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Planted.java"),
        """
        class Planted {
          private static final String LINE = "line={} of=" + "two";
          void told(Throwable why) {
            LOG.warn(
                "parts={}" + " why=\\"{}\\"", why("a, b"), why);
            log.error(LINE, why);
            LOG.info("fine=true");
          }
        }
        """);
    assertThat(LogLines.of(List.of(folder)))
        .containsExactly(
            new LogLines.Line("line=… of=two", "ERROR", "Planted"),
            new LogLines.Line("parts=… why=\"…\"", "WARN", "Planted"));
  }
}
