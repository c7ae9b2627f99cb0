package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay prints depends on nothing but its scenarios and seeds. */
final class ReplayIT {
  private static final Path SCENARIOS =
      Path.of("../coordinator/src/test/resources/parallax/coordinator/replay/scenarios");

  /** A shared dependency, noise of the network, our own trouble, and two causes at once. */
  private static final List<String> MIXTURES =
      List.of("dyn-2016-10-21", "neg-one-percent-loss", "neg-two-regions", "two-at-once");

  private static final int MOST_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void theSameReplayInTwoJvmsPrintsTheSameBytes() throws Exception {
    Path once = replayed("once", "-Duser.timezone=UTC -Duser.language=en");
    Path again =
        replayed(
            "again",
            "-Duser.timezone=Pacific/Kiritimati -Duser.language=tr -Duser.region=TR"
                + " -XX:ActiveProcessorCount=1 -XX:+UnlockExperimentalVMOptions -XX:hashCode=0");
    assertThat(again).hasSameBinaryContentAs(once);
    // A line for each of the two seeds of each scenario, and a summary.
    assertThat(Files.readAllLines(once)).hasSize(2 * MIXTURES.size() + 1);
  }

  private Path replayed(String name, String options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Product.command("replay", "--json", "--seed", "7"));
    command.addAll(List.of("--seed", "8"));
    MIXTURES.forEach(each -> command.add(SCENARIOS.resolve(each + ".yaml").toString()));
    Path out = folder.resolve(name + ".json");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve(name + ".log").toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", options);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      Programs.kill(process);
    }
    return out;
  }
}
