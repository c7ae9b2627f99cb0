package parallax.bench.pages;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.SecretSource;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/**
 * A coordinator in a process of its own, which takes in what twelve probes see of many targets and
 * obeys lines: {@code feed SECONDS RATE CHANGES}, {@code heap}. Rate 0: as fast as it can.
 */
final class Served implements AutoCloseable {
  static final int PROBES = 12;
  private static final List<String> REGIONS = List.of("tokyo", "frankfurt", "virginia", "oslo");
  private static final long FIRST_ASN = 64_500;
  private static final int BATCH = 500;
  private static final int ON_THE_WAY = 16;
  private static final Timings TIMINGS =
      Timings.NONE
          .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345))
          .plus(Phase.CONNECT, Duration.ofNanos(8_400_121))
          .plus(Phase.TLS, Duration.ofNanos(17_100_007))
          .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999));

  private final Vertx vertx = Vertx.vertx();
  private final Store store;
  private final CoordinatorNode node;
  private final int targets;
  private final long boot = System.currentTimeMillis();
  private final long[] sequences = new long[PROBES];
  private final boolean[] failing;
  private final Semaphore onTheWay = new Semaphore(ON_THE_WAY);
  private final AtomicLong safe = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private int next;
  private int turned;

  private Served(Path folder, int targets) throws IOException {
    this.targets = targets;
    failing = new boolean[targets];
    store = SqliteStore.open(folder);
    Configuration configuration = configuration(folder.resolve("config.yaml"));
    node =
        CoordinatorNode.start(
            new CoordinatorNode.Settings(
                vertx,
                "127.0.0.1",
                0,
                store,
                configuration,
                InstantSource.system(),
                (_, _, _, _) -> {},
                "bench"));
  }

  private Configuration configuration(Path file) throws IOException {
    StringBuilder yaml = new StringBuilder("version: 1\ndefaults: {interval: 30s}\ntargets:\n");
    for (int number = 0; number < targets; number++) {
      yaml.append("  - {name: " + name(number) + ", url: \"http://192.0.2.80/\"}\n");
    }
    Files.writeString(file, yaml);
    return switch (ConfigurationLoader.load(file, SecretSource.ofMachine())) {
      case Loaded.Valid valid -> valid.configuration();
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private static String name(int number) {
    return "site-%05d".formatted(number);
  }

  /** Takes a folder for the record, and how many targets. */
  static void run(Path folder, int targets) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Served served = new Served(folder, targets)) {
      System.out.println("port " + served.node.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "feed" ->
              served.feed(
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3]));
          case "heap" -> System.out.println("heap " + heap());
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static long heap() {
    for (int round = 0; round < 3; round++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Hands over looks for so long, so many a second, while so many targets a second turn. */
  private void feed(int seconds, int rate, int changes) throws InterruptedException {
    long start = System.nanoTime();
    long cpu = cpu();
    long before = safe.get();
    long until = start + Duration.ofSeconds(seconds).toNanos();
    long handed = 0;
    long flipped = 0;
    long beat = start;
    while (System.nanoTime() < until) {
      long now = System.nanoTime();
      if (now >= beat) {
        beats();
        beat = now + Duration.ofSeconds(1).toNanos();
      }
      long due = (now - start) * changes / 1_000_000_000L;
      if (flipped < due) {
        int some = (int) Math.min(due - flipped, BATCH);
        for (int probe = 0; probe < PROBES; probe++) {
          handed += some;
          take(probe, turnedBy(probe, some));
        }
        turned = (turned + some) % targets;
        flipped += some;
      } else if (rate == 0 || handed < (now - start) / 1e9 * rate) {
        handed += BATCH;
        take((int) (handed / BATCH % PROBES), steady((int) (handed / BATCH % PROBES)));
      } else {
        LockSupport.parkNanos(1_000_000);
      }
    }
    onTheWay.acquire(ON_THE_WAY);
    onTheWay.release(ON_THE_WAY);
    long taken = safe.get() - before;
    System.out.println(
        "fed "
            + taken
            + " "
            + (System.nanoTime() - start)
            + " "
            + (cpu() - cpu)
            + " "
            + refused.getAndSet(0)
            + " "
            + flipped);
  }

  private void beats() {
    Instant now = Instant.now();
    for (int probe = 0; probe < PROBES; probe++) {
      node.heard(Beat.measured(vantage(probe), now, now));
    }
  }

  private void take(int probe, List<Evidence> evidence) throws InterruptedException {
    onTheWay.acquire();
    node.intake()
        .take(evidence)
        .thenAccept(
            receipt -> {
              (receipt instanceof Receipt.Safe ? safe : refused).addAndGet(evidence.size());
              onTheWay.release();
            });
  }

  /** Of the first part of the targets the next ones, which are now as they were not before. */
  private List<Evidence> turnedBy(int probe, int some) {
    List<Evidence> evidence = new ArrayList<>(some);
    for (int count = 0; count < some; count++) {
      int target = (turned + count) % targets;
      if (probe == 0) {
        failing[target] = !failing[target];
      }
      evidence.add(look(probe, target));
    }
    return evidence;
  }

  private List<Evidence> steady(int probe) {
    List<Evidence> evidence = new ArrayList<>(BATCH);
    for (int count = 0; count < BATCH; count++) {
      next = (next + 1) % targets;
      evidence.add(look(probe, next));
    }
    return evidence;
  }

  private static Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("bench-" + probe),
        new Region(REGIONS.get(probe % REGIONS.size())),
        Optional.of(FIRST_ASN + probe));
  }

  private Evidence look(int probe, int target) {
    Instant now = Instant.now();
    boolean up = !failing[target];
    Outcome outcome = up ? Outcome.up() : Outcome.down(Reason.HTTP_STATUS, "500, expected 200-299");
    return new Evidence(
        new Observation(
            new ObservationId(new ProbeName("bench-" + probe), boot, sequences[probe]++),
            vantage(probe),
            new TargetName(name(target)),
            CheckKind.HTTP,
            up ? Layer.CONTENT : Layer.HTTP,
            now,
            now,
            Duration.ofMillis(70),
            outcome,
            TIMINGS,
            Facts.NONE
                .withAddress("192.0.2.80")
                .withHttp(up ? 200 : 500, "2")
                .withTls("TLSv1.3", Optional.of(now.plus(Duration.ofDays(60))))
                .withIssuer("Example Trust Services")
                .withBodyBytes(5_120)),
        now);
  }

  @Override
  public void close() {
    node.close();
    store.close();
    vertx.close().await();
  }
}
