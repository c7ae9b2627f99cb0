package parallax.bench.wire;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.config.wire.Batch;
import parallax.config.wire.Decoded;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.WireLimits;
import parallax.probe.spool.LocalDisk;
import parallax.probe.spool.Slice;
import parallax.probe.spool.Spool;
import parallax.probe.spool.SpoolSettings;

/**
 * Takes observations of an HTTPS check that is up the whole way: encoded, appended to a spool, put
 * into frames and read again. Prints for each step bytes, time and CPU time of this thread an
 * observation. Earlier rounds warm up, the last is shown.
 *
 * <pre>
 * java -cp deploy/bench/target/benchmarks.jar parallax.bench.wire.WireMain FOLDER 200000
 * </pre>
 */
public final class WireMain {
  private static final int ROUNDS = 4;
  private static final int BATCH = 500;
  private static final int BATCH_BYTES = 200 * 1024;
  private static final int MAX_KEPT_FRAMES = 10_000;
  private static final long BOOT = 1_790_000_000_000L;
  private static final Instant START = Instant.ofEpochMilli(BOOT);
  private static final Vantage VANTAGE =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.of(64_500L));

  private WireMain() {}

  /** Takes an empty folder for the spool and how many observations. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    for (int round = 0; round < ROUNDS; round++) {
      boolean shown = round == ROUNDS - 1;
      round(Path.of(arguments[0]).resolve("round-" + round), round, new Table(count, shown));
    }
  }

  private static void round(Path folder, int round, Table table) throws IOException {
    int count = table.count;
    Observation[] observations = new Observation[count];
    for (int index = 0; index < count; index++) {
      observations[index] = observation(index);
    }
    byte[][] encoded = new byte[count][];
    table.begin();
    long bytes = 0;
    for (int index = 0; index < count; index++) {
      encoded[index] = Batch.encode(observations[index]);
      bytes += encoded[index].length;
    }
    table.row("encode", bytes);
    Spool.Origin origin = new Spool.Origin(BOOT + round, Batch.encode(VANTAGE));
    try (Spool spool =
        Spool.open(SpoolSettings.of(folder), origin, new LocalDisk(), System::nanoTime)) {
      table.begin();
      for (int index = 0; index < count; index++) {
        spool.append(index, Priority.ROUTINE, encoded[index]);
        spool.tick();
      }
      table.row("append to the spool", spool.fill().bytes());
      spool.restart();
      read(spool, table);
    }
  }

  private static void read(Spool spool, Table table) {
    List<byte[]> frames = new ArrayList<>();
    table.begin();
    long bytes = 0;
    Optional<Slice> slice = spool.backlog(BATCH, BATCH_BYTES);
    while (slice.isPresent() && frames.size() < MAX_KEPT_FRAMES) {
      Batch batch =
          new Batch(
              slice.get().boot(),
              slice.get().origin(),
              WireLimits.MAX_PROBE_FRAME_BYTES,
              WireLimits.MAX_BATCH);
      slice.get().entries().forEach(entry -> batch.add(entry.sequence(), entry.bytes()));
      frames.add(batch.frame());
      bytes += frames.getLast().length;
      long boot = slice.get().boot();
      slice.get().stretches().forEach(each -> spool.acknowledge(boot, each.first(), each.last()));
      slice = spool.backlog(BATCH, BATCH_BYTES);
    }
    table.row("read, frame, acknowledge", bytes);
    table.begin();
    long read = 0;
    for (byte[] frame : frames) {
      if (ProbeFrames.decode(frame) instanceof Decoded.Good<ProbeFrame>(var good)
          && good instanceof ProbeFrame.Observations batch) {
        read += batch.observations().size();
      }
    }
    if (read != table.count) {
      throw new IllegalStateException(read + " of " + table.count + " came back");
    }
    table.row("decode", bytes);
  }

  private static Observation observation(int index) {
    Timings timings =
        Timings.NONE
            .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345 + index))
            .plus(Phase.CONNECT, Duration.ofNanos(8_400_121 + index))
            .plus(Phase.TLS, Duration.ofNanos(17_100_007 + index))
            .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999 + index))
            .plus(Phase.TRANSFER, Duration.ofNanos(310_000 + index));
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.80")
            .withHttp(200, "2")
            .withTls("TLSv1.3", Optional.of(START.plusSeconds(5_000_000)))
            .withIssuer("Example Trust Services")
            .withBodyBytes(5_120);
    Instant scheduled = START.plusMillis(index);
    return new Observation(
        new ObservationId(VANTAGE.probe(), BOOT, index),
        VANTAGE,
        new TargetName("shop-" + index % 10_000 + ".example.com"),
        CheckKind.HTTP,
        Layer.CONTENT,
        scheduled,
        scheduled.plusNanos(3_141_592),
        Duration.ofNanos(69_011_472 + index),
        Outcome.up(),
        timings,
        facts);
  }

  /** Figures of one round. */
  private static final class Table {
    private final int count;
    private final boolean shown;
    private long nanos;
    private long cpu;

    Table(int count, boolean shown) {
      this.count = count;
      this.shown = shown;
    }

    void begin() {
      nanos = System.nanoTime();
      cpu = cpuNanos();
    }

    void row(String what, long bytes) {
      double time = System.nanoTime() - nanos;
      double busy = cpuNanos() - cpu;
      if (shown) {
        System.out.printf(
            Locale.ROOT,
            "%-26s %6.1f bytes  %8.0f ns  %8.0f ns CPU  %,12.0f a second%n",
            what,
            (double) bytes / count,
            time / count,
            busy / count,
            count * 1e9 / time);
      }
    }

    private static long cpuNanos() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }
}
