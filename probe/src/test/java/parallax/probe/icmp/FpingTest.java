package parallax.probe.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import parallax.probe.fixture.Programs;

/** How far they are apart in figures, {@code deploy/bench/echoes} tells. */
class FpingTest {
  private static final int COUNT = 60;

  @Test
  void measuresAboutWhatFpingMeasures() throws Exception {
    assumeTrue(Programs.find("fping").isPresent(), "needs the fping program");
    EchoLines lines = new EchoLines(InstantSource.system(), System::nanoTime);
    try {
      lines.open(false, false);
    } catch (EchoLines.NotAllowed not) {
      assumeTrue(false, String.valueOf(not.getMessage()));
    }
    double ours = median(ours(lines));
    double theirs = median(theirs());
    // A busy machine makes single ones late, but not half of them by as much as this.
    assertThat(ours).isBetween(theirs / 3, theirs * 3 + 50);
  }

  private static List<Double> ours(EchoLines lines) throws Exception {
    EchoRequest request =
        new EchoRequest(
            InetAddress.ofLiteral("127.0.0.1"), Optional.empty(), 56, Optional.empty(), false);
    BlockingQueue<EchoHeard> heard = new ArrayBlockingQueue<>(1);
    List<Double> micros = new ArrayList<>();
    for (int index = 0; index < COUNT; index++) {
      EchoLines.Asked _ = lines.ask(request, heard::add);
      micros.add(
          Optional.ofNullable(heard.poll(10, TimeUnit.SECONDS)).orElseThrow().after().toNanos()
              / 1e3);
      // In the pace of the other: one right after the other is many times faster in the kernel.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return micros;
  }

  private static List<Double> theirs() throws Exception {
    Process process =
        new ProcessBuilder(
                Programs.find("fping").orElseThrow().toString(),
                "-q",
                "-C",
                String.valueOf(COUNT),
                "-p",
                "10",
                "127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(said).isTrue();
    String line = said.strip().lines().toList().getLast();
    return Arrays.stream(line.substring(line.indexOf(" : ") + 3).strip().split(" "))
        .filter(time -> !time.equals("-"))
        .map(time -> Double.parseDouble(time) * 1e3)
        .toList();
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
