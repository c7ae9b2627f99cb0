package parallax.probe.bgp.mrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.probe.bgp.mrt.MrtSummary.RecordType;

/** Beside Debian's bgpdump, and beside counts of records made by yet another reader. */
final class BgpdumpTest {
  private static final Path BGPDUMP = Path.of("/usr/bin/bgpdump");
  private static final int MAX_DIFFERENCES = 5;

  static List<Path> all() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyElementIsALineOfBgpdumpInTheSameOrder(Path file) throws Exception {
    assumeTrue(Files.isExecutable(BGPDUMP), "no bgpdump here");
    Process bgpdump =
        new ProcessBuilder(BGPDUMP.toString(), "-m", "-q", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Queue<String> ours = new ArrayDeque<>();
    Samples.read(file, event -> BgpdumpLines.of(event).ifPresent(ours::add));
    List<String> differences = new ArrayList<>();
    try (BufferedReader lines = bgpdump.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String own = String.valueOf(ours.poll());
        boolean oldest = line.startsWith("BGP|") && !own.equals("null");
        compare(BgpdumpLines.common(line), oldest ? BgpdumpLines.oldest(own) : own, differences);
      }
    }
    bgpdump.waitFor();
    assertThat(differences).isEmpty();
    assertThat(ours).as("more than bgpdump found").isEmpty();
  }

  private static void compare(String theirs, String ours, List<String> differences) {
    if (!theirs.equals(ours) && differences.size() < MAX_DIFFERENCES) {
      differences.add(theirs + "\n" + ours);
    }
  }

  @Test
  void everyRecordIsCountedUnderItsType() throws IOException {
    Map<Path, Map<String, Long>> files = Samples.beside();
    assumeTrue(!files.isEmpty(), "no samples beside the tree");
    files.forEach(
        (file, expected) -> {
          Map<String, Long> found = new TreeMap<>();
          for (Map.Entry<RecordType, Long> count :
              Samples.read(file, _ -> {}).records().entrySet()) {
            found.put(count.getKey().toString(), count.getValue());
          }
          assertThat(found).as(file.toString()).isEqualTo(expected);
        });
  }
}
