package parallax.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.fault.Steps;

final class HaltAtTest {
  @TempDir Path folder;
  private final List<Integer> halts = new ArrayList<>();

  @Test
  void endsAtThePassingThatWasAskedForAndAtNoOtherStep() {
    Steps steps = HaltAt.parse("probe.sent:3", halts::add);
    passed(steps, "probe.sent", "probe.acked", "probe.sent", "probe.appended");
    assertThat(halts).isEmpty();
    steps.passed("probe.sent");
    assertThat(halts).containsExactly(HaltAt.STATUS);
  }

  @Test
  void aFileMayAppearLaterAndCountsFromThenOnAndIsGoneAfterwards() throws IOException {
    Path file = folder.resolve("p1.halt");
    Steps steps = HaltAt.parse("@" + file, halts::add);
    passed(steps, "probe.sent", "probe.sent");
    Files.writeString(file, "probe.sent:2\n");
    steps.passed("probe.sent");
    assertThat(halts).isEmpty();
    steps.passed("probe.sent");
    assertThat(halts).containsExactly(HaltAt.STATUS);
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherAimBeginsToCountAnew() throws IOException {
    Path file = folder.resolve("p1.halt");
    Steps steps = HaltAt.parse("@" + file, halts::add);
    Files.writeString(file, "probe.sent:2");
    steps.passed("probe.sent");
    Files.writeString(file, "probe.acked:1");
    steps.passed("probe.sent");
    assertThat(halts).isEmpty();
    steps.passed("probe.acked");
    assertThat(halts).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "probe.sent", "probe.sent:", "probe.sent:0", ":1", "probe.sent:-1"})
  void whatIsNoStepWithACountIsRefused(String written) {
    assertThatThrownBy(() -> HaltAt.parse(written, halts::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("STEP:COUNT");
  }

  @Test
  void nobodyListensWithoutTheProperty() {
    assertThat(HaltAt.ofProperties()).isSameAs(Steps.UNWATCHED);
  }

  @Test
  void aProcessEndsAsIfKilledAndRunsNoShutdownHook() throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dparallax.halt=probe.sent:2",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(HaltAt.STATUS);
    assertThat(out).hasContent("");
  }

  private static void passed(Steps steps, String... names) {
    List.of(names).forEach(steps::passed);
  }

  /** Passes steps until it is ended. */
  static final class Victim {
    private Victim() {}

    /** Would end with another status, and a word, if nobody ended it. */
    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> throwAway("hook")));
      Steps steps = HaltAt.ofProperties();
      steps.passed("probe.sent");
      steps.passed("probe.sent");
      throwAway("survived");
    }

    private static void throwAway(String word) {
      throw new AssertionError(word);
    }
  }
}
