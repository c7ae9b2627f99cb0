package parallax.bench.mrt;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;

/**
 * Reads a file again and again, for as many seconds as are asked for: the events alone, then into a
 * fresh table each time. Then lets {@code bgpdump -m -q} read it for half as long, and prints what
 * a reading takes: medians of the clock, and the mean of the CPU, which other programs disturb
 * least. {@code deploy/bench/mrt} runs it on one core.
 */
public final class MrtMain {
  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 10_000;
  private static final double NANOS = 1e9;

  /** A line of proc_pid_stat(5) after the name: where the CPU time of ended children is. */
  private static final Path STAT = Path.of("/proc/self/stat");

  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;
  private static final double TICKS_PER_SECOND = 100;

  private MrtMain() {}

  /** Takes a file and seconds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    double limit = Double.parseDouble(arguments[1]) * NANOS / 2;
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    LongSupplier ours = system::getProcessCpuTime;
    long[] elements = new long[1];
    Measured decoded = measure(() -> elements[0] = read(file, new Seen()), limit, ours);
    decoded.print("Parallax, events", elements[0]);
    Measured stored = measure(() -> elements[0] = read(file, new Stored()), limit, ours);
    stored.print("Parallax, table", elements[0]);
    Measured dump = measure(() -> bgpdump(file), limit, MrtMain::childrenNanos);
    dump.print("bgpdump -m -q", elements[0]);
    System.out.printf(
        Locale.ROOT,
        "by CPU %.1f times as fast, %.1f times into the table; by the clock %.1f and %.1f times%n",
        dump.cpuSeconds() / decoded.cpuSeconds(),
        dump.cpuSeconds() / stored.cpuSeconds(),
        dump.seconds() / decoded.seconds(),
        dump.seconds() / stored.seconds());
  }

  /** How long the file took: the first time, with cold code, and what became of it. */
  private record Measured(double first, double seconds, double cpuSeconds) {
    void print(String name, long elements) {
      System.out.printf(
          Locale.ROOT,
          "%-18s %,10d elements %7.3f s %,14.0f elements/s %6.0f ns CPU each, at first %.3f s%n",
          name,
          elements,
          seconds,
          elements / seconds,
          cpuSeconds / elements * NANOS,
          first);
    }
  }

  /** Something that takes its time. */
  private interface Round {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Goes on for so many nanoseconds. The first half is there to be compiled.
   *
   * @param cpu how many nanoseconds of CPU were taken so far
   */
  private static Measured measure(Round round, double limit, LongSupplier cpu)
      throws IOException, InterruptedException {
    List<Double> rounds = new ArrayList<>();
    long start = System.nanoTime();
    long cpuWarm = cpu.getAsLong();
    int cold = 0;
    while (rounds.size() < MAX_ROUNDS
        && (rounds.size() < MIN_ROUNDS || System.nanoTime() - start < limit)) {
      if (cold == 0 && !rounds.isEmpty() && System.nanoTime() - start > limit / 2) {
        cold = rounds.size();
        cpuWarm = cpu.getAsLong();
      }
      long before = System.nanoTime();
      round.run();
      rounds.add((System.nanoTime() - before) / NANOS);
    }
    List<Double> usual = rounds.subList(cold, rounds.size());
    double median = usual.stream().sorted().skip(usual.size() / 2).findFirst().orElseThrow();
    double seconds = (cpu.getAsLong() - cpuWarm) / NANOS;
    return new Measured(rounds.getFirst(), median, seconds / usual.size());
  }

  /** Of the children that have ended; to a hundredth of a second. */
  private static long childrenNanos() {
    try {
      String line = Files.readString(STAT);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
      return (long) (ticks / TICKS_PER_SECOND * NANOS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long read(Path file, Sink sink) throws IOException {
    try (InputStream in = MrtFile.open(file)) {
      MrtSummary summary = MrtReader.read(in, "bench", sink);
      if (sink.seen() == 0) {
        throw new IllegalStateException("nothing in " + file);
      }
      return summary.elements().total();
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

  private static void bgpdump(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bgpdump", "-m", "-q", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("bgpdump failed");
    }
  }
}
