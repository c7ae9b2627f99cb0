package parallax.bench.rislive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveReader;

/**
 * Reads the messages of a file again and again, for as many seconds as are asked for, first with
 * the message itself in each, then without, and prints the medians. {@code deploy/bench/ris-live}
 * runs it on one core.
 */
public final class RisLiveMain {
  private static final int MIN_ROUNDS = 10;
  private static final int MAX_ROUNDS = 1_000_000;
  private static final int MESSAGES_A_ROUND = 50_000;
  private static final double NANOS = 1e9;
  private static final String RAW = "\"raw\": ?\"[0-9A-F]*\",";

  private RisLiveMain() {}

  /** What one round took: seconds by the clock, seconds of the processor, bytes on the heap. */
  private record Round(double seconds, double busy, double allocated) {}

  /** Takes a file, lines of JSON, plain or gzip, and seconds. */
  public static void main(String[] arguments) throws IOException {
    List<String> lines = lines(Path.of(arguments[0]));
    double limit = Double.parseDouble(arguments[1]) * NANOS / 2;
    measure("with the message itself", lines, limit);
    measure("without", lines.stream().map(line -> line.replaceAll(RAW, "")).toList(), limit);
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static void measure(String name, List<String> lines, double limit) {
    List<String> round = new ArrayList<>(MESSAGES_A_ROUND);
    long characters = 0;
    for (int message = 0; message < MESSAGES_A_ROUND; message++) {
      String line = lines.get(message % lines.size());
      round.add(line);
      characters += line.length();
    }
    List<Round> rounds = new ArrayList<>();
    long start = System.nanoTime();
    while (rounds.size() < MAX_ROUNDS
        && (rounds.size() < MIN_ROUNDS || System.nanoTime() - start < limit)) {
      rounds.add(read(round));
    }
    // The first half is there to be compiled.
    List<Round> warm = rounds.subList(rounds.size() / 2, rounds.size());
    double busy = median(warm.stream().map(Round::busy).toList()) / MESSAGES_A_ROUND;
    System.out.printf(
        Locale.ROOT,
        "%-24s %5d characters %,12.0f messages/s %,12.0f messages/s of processor time"
            + " %6.2f us %,7.0f bytes a message%n",
        name,
        characters / MESSAGES_A_ROUND,
        MESSAGES_A_ROUND / median(warm.stream().map(Round::seconds).toList()),
        1 / busy,
        busy * 1e6,
        median(warm.stream().map(Round::allocated).toList()) / MESSAGES_A_ROUND);
  }

  private static Round read(List<String> lines) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long busy = threads.getCurrentThreadCpuTime();
    long before = System.nanoTime();
    long events = 0;
    for (String line : lines) {
      // Looks at every event, so that none is optimised away.
      if (RisLiveReader.read(line) instanceof RisLiveMessage.Heard heard) {
        events += heard.events().size();
      }
    }
    if (events == 0) {
      throw new IllegalStateException("no routes in the file");
    }
    return new Round(
        (System.nanoTime() - before) / NANOS,
        (threads.getCurrentThreadCpuTime() - busy) / NANOS,
        threads.getCurrentThreadAllocatedBytes() - allocated);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
