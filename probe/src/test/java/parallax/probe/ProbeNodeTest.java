package parallax.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;

/** The probe as a whole, with checks that do as they are told. */
final class ProbeNodeTest {
  private static final Vantage TOKYO =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.empty());
  private static final CheckResult UP = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Target target(String name, String... regions) {
    CheckSpec spec =
        new TcpSpec(new ServerAddress("127.0.0.1", 1), Naming.SYSTEM, Duration.ofMillis(300));
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(1),
        List.of(regions).stream().map(Region::new).toList(),
        List.of(spec));
  }

  private static Checks checks(Check<TcpSpec> tcp) {
    return new Checks(
        new Checks.OfNames(never(), never(), never(), never()),
        never(),
        new Checks.OfServers(tcp, never(), never()),
        new Checks.OfWeb(never(), never(), never(), never()),
        new Checks.OfPackets(never(), never(), never()));
  }

  private static <S extends CheckSpec> Check<S> never() {
    return (_, _) -> Future.failedFuture("not asked for");
  }

  private ProbeNode.Settings settings(int maxRunning) {
    InstantSource clock = InstantSource.system();
    return new ProbeNode.Settings(TOKYO, vertx, clock, System::nanoTime, 7, 2, maxRunning);
  }

  private ProbeNode start(Check<TcpSpec> tcp) {
    return ProbeNode.start(settings(100), checks(tcp), seen::add);
  }

  private Observation next() throws InterruptedException {
    return Optional.ofNullable(seen.poll(10, TimeUnit.SECONDS)).orElseThrow();
  }

  private static Reason reason(Observation observation) {
    return observation.outcome().why().map(Finding::reason).orElseThrow();
  }

  @Test
  void reportsEveryCheckOfTheTargetsOfItsRegion() throws InterruptedException {
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.assign(List.of(target("here", "tokyo"), target("there", "oslo"), target("all")));
      List<Observation> first = List.of(next(), next(), next(), next());
      assertThat(first)
          .extracting(o -> o.target().value())
          .contains("here", "all")
          .doesNotContain("there");
      assertThat(first).extracting(o -> o.id().sequence()).containsExactly(0L, 1L, 2L, 3L);
      assertThat(first)
          .allSatisfy(
              observation -> {
                assertThat(observation.vantage()).isEqualTo(TOKYO);
                assertThat(observation.id().boot()).isEqualTo(7);
                assertThat(observation.outcome()).isEqualTo(Outcome.up());
                assertThat(observation.started()).isAfterOrEqualTo(observation.scheduled());
              });
    }
  }

  @Test
  void looksAgainWhenAsked() throws InterruptedException {
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.assign(List.of(target("shop")));
      Observation first = next();
      node.checkNow(first.target(), CheckKind.TCP, Duration.ZERO);
      Observation second = next();
      assertThat(Duration.between(first.scheduled(), second.scheduled()))
          .isLessThan(Duration.ofMillis(1_100));
    }
  }

  @Test
  void aCheckThatThrowsFailsOrHangsIsADefectOfTheProbe() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    Check<TcpSpec> broken =
        (TcpSpec _, Deadline _) ->
            switch (calls.getAndIncrement() % 3) {
              case 0 -> throw new IllegalStateException("broken");
              case 1 -> Future.failedFuture(new IllegalStateException("broken"));
              default -> Promise.<CheckResult>promise().future();
            };
    try (ProbeNode node = start(broken)) {
      node.assign(List.of(target("shop")));
      for (int i = 0; i < 3; i++) {
        Observation observation = next();
        assertThat(observation.outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(reason(observation)).isEqualTo(Reason.PROBE_INTERNAL_ERROR);
        assertThat(observation.duration()).isLessThan(Duration.ofMillis(900));
      }
    }
  }

  @Test
  void aSinkThatThrowsDoesNotStopTheProbe() throws InterruptedException {
    Checks checks = checks((_, _) -> Future.succeededFuture(UP));
    try (ProbeNode node =
        ProbeNode.start(
            settings(100),
            checks,
            observation -> {
              seen.add(observation);
              throw new IllegalStateException("full");
            })) {
      node.assign(List.of(target("shop")));
      assertThat(List.of(next(), next())).hasSize(2);
    }
  }

  @Test
  void beyondTheBoundChecksAreNotMadeAndThatIsSaid() throws InterruptedException {
    Promise<CheckResult> held = Promise.promise();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ProbeNode node =
        ProbeNode.start(settings(2), checks((_, _) -> held.future()), seen::add)) {
      node.bindTo(registry);
      node.assign(IntStream.range(0, 20).mapToObj(i -> target("t" + i)).toList());
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(registry.scrape())
                      .containsPattern(
                          "parallax_checks_skipped_total\\{why=\"overloaded\"\\} [1-9]"));
      Observation observation = next();
      assertThat(observation.outcome()).isInstanceOf(Outcome.Inconclusive.class);
      assertThat(reason(observation)).isEqualTo(Reason.PROBE_OVERLOADED);
      held.complete(UP);
    }
  }

  @Test
  void countsWhatItDoes() throws InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.bindTo(registry);
      node.assign(List.of(target("shop")));
      next();
      assertThat(registry.scrape())
          .contains("parallax_checks_total{check=\"tcp\",outcome=\"up\"} 1.0")
          .contains("parallax_checks_total{check=\"http\",outcome=\"down\"} 0.0")
          .contains("parallax_checks_skipped_total{why=\"late\"}")
          .contains("parallax_checks_skipped_total{why=\"running\"}")
          .contains("parallax_checks_running ")
          .contains("parallax_checks_assigned 1.0")
          .contains("parallax_schedule_lag_seconds ")
          .contains("parallax_event_loop_lag_seconds ");
    }
  }

  @Test
  void closingWaitsForChecksUnderWay() throws InterruptedException {
    Check<TcpSpec> slow = (_, _) -> vertx.timer(200, TimeUnit.MILLISECONDS).map(_ -> UP);
    ProbeNode node = start(slow);
    node.assign(List.of(target("shop")));
    next();
    node.checkNow(new TargetName("shop"), CheckKind.TCP, Duration.ZERO);
    node.close();
    assertThat(node.running()).isZero();
    seen.clear();
    assertThat(Optional.ofNullable(seen.poll(1_200, TimeUnit.MILLISECONDS))).isEmpty();
  }
}
