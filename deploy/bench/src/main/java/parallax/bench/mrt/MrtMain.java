package parallax.bench.mrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;

/**
 * Reads a file again and again, for as many seconds as are asked for, then lets {@code bgpdump -m
 * -q} read it a few times, and prints the medians. {@code deploy/bench/mrt} runs it on one core.
 */
public final class MrtMain {
  private static final int BGPDUMP_ROUNDS = 3;
  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 10_000;
  private static final double NANOS = 1e9;

  private MrtMain() {}

  /** Takes a file and seconds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    double limit = Double.parseDouble(arguments[1]) * NANOS;
    List<Double> rounds = new ArrayList<>();
    long elements = 0;
    long start = System.nanoTime();
    while (rounds.size() < MAX_ROUNDS
        && (rounds.size() < MIN_ROUNDS || System.nanoTime() - start < limit)) {
      long before = System.nanoTime();
      elements = read(file).elements().total();
      rounds.add((System.nanoTime() - before) / NANOS);
    }
    double first = rounds.getFirst();
    // The first half is there to be compiled.
    double ours = median(rounds.subList(rounds.size() / 2, rounds.size()));
    row("Parallax, first time", elements, first);
    row("Parallax", elements, ours);
    List<Double> theirs = new ArrayList<>();
    for (int round = 0; round < BGPDUMP_ROUNDS; round++) {
      theirs.add(bgpdump(file));
    }
    row("bgpdump -m -q", elements, median(theirs));
    System.out.printf(Locale.ROOT, "%.1f times as fast%n", median(theirs) / ours);
  }

  private static MrtSummary read(Path file) throws IOException {
    Seen seen = new Seen();
    try (InputStream in = MrtFile.open(file)) {
      MrtSummary summary = MrtReader.read(in, "bench", seen);
      if (seen.hash == 0) {
        throw new IllegalStateException("nothing in " + file);
      }
      return summary;
    }
  }

  /** Looks at every event, so that none is optimised away. */
  private static final class Seen implements Consumer<RouteEvent> {
    private long hash;

    @Override
    public void accept(RouteEvent event) {
      hash +=
          switch (event) {
            case RouteEvent.Announced a -> a.prefix().high() + a.attributes().path().size() + 1;
            case RouteEvent.Listed l -> l.prefix().high() + l.attributes().path().size() + 1;
            case RouteEvent.Withdrawn w -> w.prefix().high() + 1;
            case RouteEvent.PeerUp _, RouteEvent.PeerDown _, RouteEvent.EndOfTable _ -> 1;
          };
    }
  }

  private static double bgpdump(Path file) throws IOException, InterruptedException {
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder("bgpdump", "-m", "-q", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("bgpdump failed");
    }
    return (System.nanoTime() - before) / NANOS;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void row(String name, long elements, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %,12d elements %8.3f s %,14.0f elements/s%n",
        name,
        elements,
        seconds,
        elements / seconds);
  }
}
