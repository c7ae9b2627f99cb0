package parallax.bench.metrics;

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
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.SecretSource;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/**
 * A coordinator in a process of its own that knows what probes in as many regions saw of many
 * targets. Obeys lines: {@code cpu} tells the CPU time of the process in nanoseconds, {@code heap}
 * what is in use after a collection in bytes; {@code feed} takes in a look of every second target
 * from everywhere; from {@code live} on looks come in as they do at an interval of 30 s.
 */
final class Scraped {
  private static final int BATCH = 500;
  private static final long BOOT = System.currentTimeMillis();

  private Scraped() {}

  /** Takes a folder for the record, how many targets, and how many regions. */
  static void run(Path folder, int targets, int regions) throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx();
    try (Store store = SqliteStore.open(folder);
        CoordinatorNode node =
            CoordinatorNode.start(
                new CoordinatorNode.Settings(
                    vertx,
                    "127.0.0.1",
                    0,
                    store,
                    configuration(folder.resolve("config.yaml"), targets),
                    InstantSource.system(),
                    (_, _, _, _) -> {},
                    "bench"))) {
      Feeding feeding = new Feeding(node, targets, regions);
      for (int round = 0; round < 2; round++) {
        for (int region = 0; region < regions; region++) {
          feeding.all(region, round);
        }
      }
      System.out.println("port " + node.port());
      obey(feeding);
    } finally {
      vertx.close().await();
    }
  }

  private static void obey(Feeding feeding) throws IOException, InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "cpu" -> System.out.println("cpu " + system.getProcessCpuTime());
        case "heap" -> {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          System.out.println("heap " + (runtime.totalMemory() - runtime.freeMemory()));
        }
        case "feed" -> System.out.println("feed " + feeding.half());
        case "live" -> {
          Thread.ofPlatform().daemon().name("live").start(feeding::live);
          System.out.println("live 1");
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  private static Configuration configuration(Path file, int targets) throws IOException {
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

  private static String name(int target) {
    return "site-%05d.example.com".formatted(target);
  }

  /** Looks from everywhere, one round after another. */
  private static final class Feeding {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final CoordinatorNode node;
    private final int targets;
    private final int regions;
    private int round = 2;

    Feeding(CoordinatorNode node, int targets, int regions) {
      this.node = node;
      this.targets = targets;
      this.regions = regions;
    }

    void all(int region, int at) throws InterruptedException {
      feed(region, at, 0, targets, 1);
    }

    /** Every second target, seen from everywhere; how many looks. */
    long half() throws InterruptedException {
      round++;
      for (int region = 0; region < regions; region++) {
        feed(region, round, round % 2, targets, 2);
      }
      return (long) targets * regions / 2;
    }

    /** A batch after another until the process ends. */
    void live() {
      long pause = INTERVAL.toNanos() * BATCH / ((long) targets * regions);
      try {
        while (true) {
          round++;
          for (int region = 0; region < regions; region++) {
            for (int first = 0; first < targets; first += BATCH) {
              feed(region, round, first, Math.min(targets, first + BATCH), 1);
              LockSupport.parkNanos(pause);
            }
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void feed(int region, int at, int first, int end, int step)
        throws InterruptedException {
      Vantage vantage =
          new Vantage(
              new ProbeName("bench-" + region),
              new Region("region-" + region),
              Optional.of(64_500L + region));
      Instant now = Instant.now();
      node.heard(Beat.measured(vantage, now, now));
      List<Evidence> batch = new ArrayList<>(BATCH);
      for (int target = first; target < end; target += step) {
        batch.add(new Evidence(look(vantage, target, at * (long) targets + target), now));
        if (batch.size() == BATCH || target + step >= end) {
          node.feedOnly(List.copyOf(batch));
          batch.clear();
        }
      }
    }
  }

  private static Observation look(Vantage vantage, int target, long sequence) {
    Instant now = Instant.now();
    return new Observation(
        new ObservationId(vantage.probe(), BOOT, sequence),
        vantage,
        new TargetName(name(target)),
        CheckKind.HTTP,
        Layer.CONTENT,
        now,
        now,
        Duration.ofNanos(20_000_000 + sequence * 7_919 % 400_000_000),
        Outcome.up(),
        Timings.NONE,
        Facts.NONE.withHttp(200, "1.1"));
  }
}
