package parallax.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
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

final class ProbeNodeTest {
  private static final Vantage VANTAGE =
      new Vantage(new ProbeName("p1"), new Region("tokyo"), Optional.empty());
  private static final CheckResult UP = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void reportsWhatChecksSeeEachWithAnIdentityOfItsOwn() throws Exception {
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.assign(List.of(target("a", 1), target("b", 1)));
      Set<ObservationId> ids = new HashSet<>();
      for (int count = 0; count < 6; count++) {
        Observation observation = next();
        ids.add(observation.id());
        assertThat(observation.vantage()).isEqualTo(VANTAGE);
        assertThat(observation.check()).isEqualTo(CheckKind.TCP);
        assertThat(observation.started()).isAfterOrEqualTo(observation.scheduled());
      }
      assertThat(ids).hasSize(6);
      assertThat(
              registry
                  .get("parallax.checks")
                  .tags("check", "tcp", "outcome", "up")
                  .functionCounter()
                  .count())
          .isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void aCheckThatBreaksIsTheProbesOwnTrouble() throws Exception {
    try (ProbeNode node =
        start(
            (_, _) -> {
              throw new IllegalStateException("a bug");
            })) {
      node.assign(List.of(target("a", 1)));
      Observation observation = next();
      assertThat(observation.outcome())
          .isEqualTo(Outcome.inconclusive(Reason.PROBE_INTERNAL_ERROR, "a bug"));
    }
  }

  @Test
  void looksAgainWhenAsked() throws Exception {
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.assign(List.of(target("a", 3600)));
      next();
      node.checkNow(new TargetName("a"), CheckKind.TCP, Duration.ofMillis(20));
      next();
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void watchesOnlyWhatConcernsItsRegion() throws Exception {
    Target elsewhere =
        new Target(
            new TargetName("far"),
            Optional.empty(),
            new TreeMap<>(),
            Duration.ofSeconds(1),
            List.of(new Region("oslo")),
            target("far", 1).checks());
    try (ProbeNode node = start((_, _) -> Future.succeededFuture(UP))) {
      node.assign(List.of(elsewhere, target("near", 1)));
      assertThat(next().target().value()).isEqualTo("near");
      assertThat(next().target().value()).isEqualTo("near");
    }
  }

  @Test
  void aCheckUnderWayDoesNotOutliveTheProbeForLong() {
    Promise<CheckResult> never = Promise.promise();
    ProbeNode node = start((_, _) -> never.future());
    node.assign(List.of(target("a", 1)));
    node.close();
    never.complete(UP);
    assertThat(seen).isEmpty();
  }

  private ProbeNode start(Check<TcpSpec> check) {
    Checks checks =
        new Checks(
            (_, _) -> Future.failedFuture("unused"),
            check,
            (_, _) -> Future.failedFuture("unused"),
            (_, _) -> Future.failedFuture("unused"));
    ProbeNode node =
        ProbeNode.start(ProbeNode.Settings.ofMachine(vertx, VANTAGE), checks, seen::add);
    node.bindTo(registry);
    return node;
  }

  private Observation next() throws InterruptedException {
    Observation observation = seen.poll(5, TimeUnit.SECONDS);
    assertThat(observation).isNotNull();
    return observation;
  }

  private static Target target(String name, int seconds) {
    TcpSpec spec =
        new TcpSpec(new ServerAddress("127.0.0.1", 1), Naming.SYSTEM, Duration.ofSeconds(1));
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(seconds),
        List.of(),
        List.of(spec));
  }
}
