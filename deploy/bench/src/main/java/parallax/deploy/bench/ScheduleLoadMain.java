package parallax.deploy.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.probe.Checks;
import parallax.probe.ProbeNode;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;

/**
 * How punctual a probe is by itself: targets at 30 s whose checks do nothing. Run with {@code java
 * -cp deploy/bench/target/benchmarks.jar parallax.deploy.bench.ScheduleLoadMain [targets]
 * [seconds]}.
 */
public final class ScheduleLoadMain {
  private static final CheckResult UP = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);

  private final LongAdder checks = new LongAdder();
  private final LongAdder lateNanos = new LongAdder();
  private final AtomicLong worstNanos = new AtomicLong();
  private final LongAdder overTenMillis = new LongAdder();

  private ScheduleLoadMain() {}

  /** The number of targets (10,000) and of seconds to measure after the first minute (60). */
  public static void main(String[] arguments) throws Exception {
    int targets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    new ScheduleLoadMain().run(targets, seconds, System.out);
  }

  private void run(int targets, int seconds, PrintStream out) throws Exception {
    Vertx vertx = Vertx.vertx();
    Vantage vantage = new Vantage(new ProbeName("bench"), new Region("here"), Optional.empty());
    Checks checksOfAll =
        new Checks(
            new Checks.OfNames(noop(), noop(), noop(), noop()),
            noop(),
            new Checks.OfServers(noop(), noop(), noop()),
            noop());
    try (ProbeNode node =
        ProbeNode.start(ProbeNode.Settings.of(vantage, vertx), checksOfAll, this::seen)) {
      node.assign(
          IntStream.range(0, targets)
              .mapToObj(number -> ScheduleBenchmark.target("target-" + number))
              .toList());
      pass(Duration.ofSeconds(5));
      checks.reset();
      lateNanos.reset();
      overTenMillis.reset();
      worstNanos.set(0);
      long cpuBefore = cpuNanos();
      pass(Duration.ofSeconds(seconds));
      long cpu = cpuNanos() - cpuBefore;
      long made = checks.sum();
      out.printf("targets=%d seconds=%d checks=%d%n", targets, seconds, made);
      out.printf(
          "late: worst %.1f ms, mean %.2f ms, %d of them over 10 ms%n",
          worstNanos.get() / 1e6, lateNanos.sum() / 1e6 / Math.max(1, made), overTenMillis.sum());
      out.printf(
          "cpu: %.1f us a check, %.2f %% of one core%n",
          cpu / 1e3 / Math.max(1, made), cpu / 1e7 / seconds);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void seen(Observation observation) {
    long late = Duration.between(observation.scheduled(), observation.started()).toNanos();
    checks.increment();
    lateNanos.add(late);
    worstNanos.accumulateAndGet(late, Math::max);
    if (late > 10_000_000) {
      overTenMillis.increment();
    }
  }

  private static <S extends CheckSpec> Check<S> noop() {
    return (spec, deadline) -> Future.succeededFuture(UP);
  }

  private static void pass(Duration time) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    boolean opened = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
    if (opened) {
      throw new IllegalStateException("nobody opens this");
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
