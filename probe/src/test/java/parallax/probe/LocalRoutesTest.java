package parallax.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.BgpSpec;
import parallax.config.check.Naming;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.probe.audit.origin.Origins;
import parallax.probe.bgp.watch.load.Fetch;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy;

/** Put together, with nobody to listen to and with somebody who is not there. */
class LocalRoutesTest {
  private static final RouteWatching HEARD =
      new RouteWatching(
          List.of(new SourceSpec.RisLive(URI.create("ws://127.0.0.1:1/"), "test")),
          List.of(),
          RouteWatching.Rpki.NONE,
          RouteWatching.NONE.limits(),
          List.of());

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LocalRoutes routes =
      new LocalRoutes(
          new LocalRoutes.Ground(
              vertx,
              InstantSource.system(),
              new Random(5),
              (spec, _) ->
                  Future.succeededFuture(
                      CheckResult.failed(
                          Reason.NXDOMAIN, spec.name(), Layer.DNS, Timings.NONE, Facts.NONE)),
              Origins.unknown("a test"),
              new Fetch("test", NetworkPolicy.forOperator(List.of(), List.of()))),
          RouteWatching.NONE);

  @AfterEach
  void close() throws Exception {
    routes.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void withoutSourcesNobodyIsListenedTo() {
    routes.bindTo(registry);
    routes.listen();
    assertThat(routes.feed().figures()).isEmpty();
    assertThat(registry.find("parallax.bgp.source.up").gauges()).isEmpty();
  }

  @Test
  void sourcesComeAndGoWithTheConfiguration() throws Exception {
    routes.bindTo(registry);
    routes.listen();
    routes.configure(HEARD);
    assertThat(routes.feed().figures()).containsOnlyKeys("ris-live");
    assertThat(registry.get("parallax.bgp.source.up").gauge().value()).isZero();
    assertThat(reason("127.0.0.1")).isEqualTo(Reason.PROBE_ROUTES_UNLEARNT);
    assertThat(reason("nobody.example")).isEqualTo(Reason.PROBE_ROUTES_UNLEARNT);
    BgpSpec.RoutePolicy watched =
        new BgpSpec.RoutePolicy(new TreeSet<>(), List.of("198.51.100.0/24"));
    assertThat(reason("127.0.0.1", watched)).isEqualTo(Reason.PROBE_ROUTES_UNHEARD);
    routes.configure(RouteWatching.NONE);
    assertThat(routes.feed().figures()).isEmpty();
    assertThat(registry.find("parallax.bgp.source.up").gauges()).isEmpty();
  }

  private Reason reason(String host) throws Exception {
    return reason(host, BgpSpec.RoutePolicy.LEARNT);
  }

  private Reason reason(String host, BgpSpec.RoutePolicy policy) throws Exception {
    BgpSpec spec = new BgpSpec(host, policy, Naming.SYSTEM, Duration.ofSeconds(5));
    CheckResult result =
        routes
            .check()
            .run(spec, Deadline.startingNow(System::nanoTime, spec.timeout()))
            .await(10, TimeUnit.SECONDS);
    return result.outcome().why().orElseThrow().reason();
  }
}
