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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/**
 * A coordinator in a process of its own, which takes in what twelve probes see of many targets, and
 * beside it pages of as many targets that change as often as is asked for. Obeys lines: {@code feed
 * SECONDS RATE}, {@code change RATE}, {@code heap}.
 */
final class Served implements AutoCloseable {
  static final int PROBES = Looks.PROBES;

  /** The file of the token by which readers sign in, where they do. */
  static final String TOKEN = "token";

  private static final int BATCH = 500;
  private static final int ON_THE_WAY = 16;
  private final Vertx vertx = Vertx.vertx();
  private final Store store;
  private final CoordinatorNode node;
  private final Storm storm;
  private final int targets;
  private final long[] sequences = new long[PROBES];
  private final Semaphore onTheWay = new Semaphore(ON_THE_WAY);
  private final AtomicLong safe = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private int next;

  private Served(Path folder, int targets) throws IOException {
    this.targets = targets;
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
    storm = new Storm(vertx, configuration, store);
  }

  private Configuration configuration(Path file) throws IOException {
    Path token = file.resolveSibling(TOKEN);
    StringBuilder yaml = new StringBuilder("version: 1\ndefaults: {interval: 30s}\n");
    if (Files.exists(token)) {
      yaml.append("api:\n  proxies: [127.0.0.1/32]\n  tokens:\n")
          .append("    - {name: readers, role: responder, token: \"${file:" + token + "}\"}\n");
    }
    yaml.append("targets:\n");
    for (int number = 0; number < targets; number++) {
      yaml.append("  - {name: " + Looks.name(number) + ", url: \"http://192.0.2.80/\"}\n");
    }
    Files.writeString(file, yaml);
    return switch (ConfigurationLoader.load(file, SecretSource.ofMachine())) {
      case Loaded.Valid valid -> valid.configuration();
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  /** Takes a folder for the record, and how many targets. */
  static void run(Path folder, int targets) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Served served = new Served(folder, targets)) {
      System.out.println("port " + served.storm.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "feed" -> served.feed(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
          case "change" -> served.storm.change(Integer.parseInt(words[1]));
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

  /** Hands over looks for so long, so many a second; 0: as fast as they are taken in. */
  private void feed(int seconds, int rate) throws InterruptedException {
    long start = System.nanoTime();
    long cpu = cpu();
    long before = safe.get();
    long turned = storm.turned();
    long until = start + Duration.ofSeconds(seconds).toNanos();
    long handed = 0;
    long beat = start;
    while (System.nanoTime() < until) {
      long now = System.nanoTime();
      if (now >= beat) {
        beats();
        beat = now + Duration.ofSeconds(1).toNanos();
      }
      if (rate == 0 || handed < (now - start) / 1e9 * rate) {
        take((int) (handed / BATCH % PROBES));
        handed += BATCH;
      } else {
        LockSupport.parkNanos(1_000_000);
      }
    }
    onTheWay.acquire(ON_THE_WAY);
    onTheWay.release(ON_THE_WAY);
    long time = System.nanoTime() - start;
    System.out.printf(
        "fed %d %d %d %d %d%n",
        safe.get() - before, time, cpu() - cpu, refused.getAndSet(0), storm.turned() - turned);
  }

  private void beats() {
    Instant now = Instant.now();
    for (int probe = 0; probe < PROBES; probe++) {
      node.heard(Beat.measured(Looks.vantage(probe), now, now));
    }
  }

  private void take(int probe) throws InterruptedException {
    List<Evidence> evidence = new ArrayList<>(BATCH);
    for (int count = 0; count < BATCH; count++) {
      next = (next + 1) % targets;
      evidence.add(Looks.of(probe, next, sequences[probe]++, true));
    }
    onTheWay.acquire();
    node.intake()
        .take(evidence)
        .thenAccept(
            receipt -> {
              (receipt instanceof Receipt.Safe ? safe : refused).addAndGet(evidence.size());
              onTheWay.release();
            });
  }

  @Override
  public void close() {
    storm.close();
    node.close();
    store.close();
    vertx.close().await();
  }
}
