package parallax.deploy.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import parallax.probe.icmp.EchoHeard;
import parallax.probe.icmp.EchoLines;
import parallax.probe.icmp.EchoRequest;

/**
 * Round trips to this machine itself, as checks and {@code /probe} measure them, beside those of
 * fping: in turns, so that both see the same load. Exit status 1 when the medians differ by more
 * than {@link #MOST}.
 */
public final class EchoMain {
  /** The share by which the medians may differ. */
  static final double MOST = 0.1;

  private static final int SIZE = 56;
  private static final int TURN = 50;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int PATIENCE_SECONDS = 10;
  private static final int MAX_ECHOES = 100_000;

  private EchoMain() {}

  /** ECHOES [ADDRESS]. */
  public static void main(String[] arguments) throws Exception {
    int echoes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    String to = arguments.length > 1 ? arguments[1] : "127.0.0.1";
    System.exit(run(Math.min(echoes, MAX_ECHOES), to, System.out) ? 0 : 1);
  }

  private static boolean run(int echoes, String to, PrintStream out) throws Exception {
    EchoLines lines = new EchoLines(InstantSource.system(), System::nanoTime);
    EchoRequest request =
        new EchoRequest(InetAddress.ofLiteral(to), Optional.empty(), SIZE, Optional.empty(), false);
    // The first ones are measured before what measures is compiled.
    List<Double> _ = ours(lines, request, TURN);
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    while (ours.size() < echoes) {
      theirs.addAll(fping(to, TURN));
      ours.addAll(ours(lines, request, TURN));
    }
    double difference = median(ours) / median(theirs) - 1;
    out.printf(
        Locale.ROOT,
        "address=%s echoes=%d%nours:  median %.1f us, 90 %% %.1f us%n"
            + "fping: median %.1f us, 90 %% %.1f us%ndifference of medians: %+.1f %%%n",
        to,
        ours.size(),
        median(ours),
        quantile(ours, 0.9),
        median(theirs),
        quantile(theirs, 0.9),
        100 * difference);
    return Math.abs(difference) <= MOST;
  }

  private static List<Double> ours(EchoLines lines, EchoRequest request, int count)
      throws Exception {
    List<Double> times = new ArrayList<>();
    BlockingQueue<EchoHeard> heard = new ArrayBlockingQueue<>(1);
    for (int index = 0; index < count; index++) {
      EchoLines.Asked _ = lines.ask(request, heard::add);
      EchoHeard what =
          Optional.ofNullable(heard.poll(1, TimeUnit.SECONDS))
              .orElseThrow(() -> new IOException("no reply"));
      times.add(what.after().toNanos() / 1e3);
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
    return times;
  }

  /** {@code 127.0.0.1 : 0.041 0.038 -}, in milliseconds. */
  private static List<Double> fping(String to, int count) throws Exception {
    Process process =
        new ProcessBuilder(
                "fping",
                "-q",
                "-b",
                String.valueOf(SIZE),
                "-C",
                String.valueOf(count),
                "-p",
                String.valueOf(PAUSE.toMillis()),
                to)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("fping does not end");
    }
    String last = said.strip().lines().reduce("", (_, line) -> line);
    return Arrays.stream(last.substring(last.indexOf(" : ") + 3).strip().split(" "))
        .filter(time -> !time.equals("-"))
        .map(time -> Double.parseDouble(time) * 1e3)
        .toList();
  }

  private static double median(List<Double> times) {
    return quantile(times, 0.5);
  }

  private static double quantile(List<Double> times, double share) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}
