package parallax.bench.mrt;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;

/**
 * Reads a file again and again, for as many seconds as are asked for: the events alone, then into a
 * fresh table each time. Then lets {@code bgpdump -m -q} read it a few times, and prints the
 * medians. {@code deploy/bench/mrt} runs it on one core.
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
    double limit = Double.parseDouble(arguments[1]) * NANOS / 2;
    Measured decoded = measure(file, limit, Seen::new);
    decoded.print("Parallax, events");
    Measured stored = measure(file, limit, Stored::new);
    stored.print("Parallax, table");
    List<Round> theirs = new ArrayList<>();
    for (int round = 0; round < BGPDUMP_ROUNDS; round++) {
      theirs.add(bgpdump(file));
    }
    Measured dump = new Measured(stored.elements(), theirs.getFirst(), median(theirs));
    dump.print("bgpdump -m -q");
    System.out.printf(
        Locale.ROOT,
        "%.1f times as fast, %.1f times into the table%n",
        dump.usual().seconds() / decoded.usual().seconds(),
        dump.usual().seconds() / stored.usual().seconds());
  }

  /** How long the file took once: of the clock, and of all cores together. */
  private record Round(double seconds, double cpuSeconds) {}

  /** The first time, with cold code, and what became of it. */
  private record Measured(long elements, Round first, Round usual) {
    void print(String name) {
      System.out.printf(
          Locale.ROOT,
          "%-18s %,10d elements %7.3f s %,14.0f elements/s %6.0f ns CPU each, at first %.3f s%n",
          name,
          elements,
          usual.seconds(),
          elements / usual.seconds(),
          usual.cpuSeconds() / elements * NANOS,
          first.seconds());
    }
  }

  private static Measured measure(Path file, double limit, Supplier<Sink> sinks)
      throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    List<Round> rounds = new ArrayList<>();
    long elements = 0;
    long start = System.nanoTime();
    while (rounds.size() < MAX_ROUNDS
        && (rounds.size() < MIN_ROUNDS || System.nanoTime() - start < limit)) {
      long cpu = system.getProcessCpuTime();
      long before = System.nanoTime();
      elements = read(file, sinks.get()).elements().total();
      double seconds = (System.nanoTime() - before) / NANOS;
      rounds.add(new Round(seconds, (system.getProcessCpuTime() - cpu) / NANOS));
    }
    // The first half is there to be compiled.
    Round usual = median(rounds.subList(rounds.size() / 2, rounds.size()));
    return new Measured(elements, rounds.getFirst(), usual);
  }

  private static MrtSummary read(Path file, Sink sink) throws IOException {
    try (InputStream in = MrtFile.open(file)) {
      MrtSummary summary = MrtReader.read(in, "bench", sink);
      if (sink.seen() == 0) {
        throw new IllegalStateException("nothing in " + file);
      }
      return summary;
    }
  }

  /** Where events go, and something that depends on all of them. */
  private interface Sink extends Consumer<RouteEvent> {
    long seen();
  }

  /** Looks at every event, so that none is optimised away. */
  private static final class Seen implements Sink {
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

    @Override
    public long seen() {
      return hash;
    }
  }

  /** Who has what by which path, in the end. */
  private static final class Stored implements Sink {
    private final RouteTable table = new RouteTable(TableLimits.DEFAULT);

    @Override
    public void accept(RouteEvent event) {
      table.apply(event);
    }

    @Override
    public long seen() {
      return table.peers().size();
    }
  }

  private static Round bgpdump(Path file) throws IOException, InterruptedException {
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder("bgpdump", "-m", "-q", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("bgpdump failed");
    }
    double seconds = (System.nanoTime() - before) / NANOS;
    return new Round(seconds, seconds);
  }

  private static Round median(List<Round> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Round::seconds))
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
