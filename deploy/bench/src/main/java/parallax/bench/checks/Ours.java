package parallax.bench.checks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Outcome;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.SecretSource;
import parallax.probe.LocalChecks;
import parallax.probe.check.Deadline;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.lookup.RegistrationLookup.Registries;

/** The checks of a probe in this process, made by what a user writes. */
final class Ours implements AutoCloseable {
  private static final long MOST_SECONDS = 120;
  private static final int LOOPS = 2;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS).setPreferNativeTransport(true));
  private final LocalChecks local =
      LocalChecks.of(
          vertx,
          InstantSource.system(),
          System::nanoTime,
          new LocalChecks.Settings(
              NetworkPolicy.forOperator(List.of(), List.of()),
              NameSystem.ofInternet(),
              Registries.WITHOUT_DOWNLOADS,
              Optional.empty(),
              RouteWatching.NONE,
              "Parallax/bench"));
  private final String authority;
  private final Map<String, String> firstFailures = new ConcurrentHashMap<>();

  Ours(Path authority) {
    this.authority = authority.toAbsolutePath().toString();
  }

  /** So many checks, so many at once. */
  Cost measure(Work work, int window) throws InterruptedException {
    CheckSpec spec = spec(work.url());
    AtomicInteger left = new AtomicInteger(work.count());
    LongAdder failed = new LongAdder();
    CountDownLatch done = new CountDownLatch(window);
    long cpu = cpuNanos();
    long before = System.nanoTime();
    for (int number = 0; number < window; number++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      context.runOnContext(_ -> next(work, spec, left, failed, done));
    }
    if (!done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(work.name() + ": " + left + " checks left");
    }
    long nanos = System.nanoTime() - before;
    return Cost.of(cpuNanos() - cpu, nanos, work.count(), failed.sum());
  }

  private void next(
      Work work, CheckSpec spec, AtomicInteger left, LongAdder failed, CountDownLatch done) {
    if (left.getAndDecrement() <= 0) {
      done.countDown();
      return;
    }
    local
        .checks()
        .run(spec, Deadline.startingNow(System::nanoTime, spec.timeout()))
        .onComplete(
            ended -> {
              if (!(ended.succeeded() && ended.result().outcome() instanceof Outcome.Up)) {
                failed.increment();
                firstFailures.putIfAbsent(work.name(), String.valueOf(ended.result()));
              }
              next(work, spec, left, failed, done);
            });
  }

  /** What the first check of this kind said that was not up. */
  Optional<String> firstFailure(Work work) {
    return Optional.ofNullable(firstFailures.get(work.name()));
  }

  /** The check that goes deepest of a target that is written so. */
  private CheckSpec spec(String url) {
    String yaml =
        """
        version: 1
        targets:
          - {name: bench, url: "%s"%s}
        """
            .formatted(url, options(url));
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("bench.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return switch (loaded) {
      case Loaded.Valid(var configuration, _) ->
          configuration.targets().getFirst().checks().getLast();
      case Loaded.Invalid(var problems) -> throw new IllegalArgumentException(problems.toString());
    };
  }

  private String options(String url) {
    if (url.startsWith("https:")) {
      return ", tls: {ca: \"" + authority + "\"}";
    }
    // One echo, as the peer sends.
    return url.startsWith("icmp:") ? ", icmp: {count: 1}" : "";
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
