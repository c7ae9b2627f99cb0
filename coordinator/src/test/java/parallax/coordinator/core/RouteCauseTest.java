package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
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
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** Routes to name servers that go away, and take with them all that stands on them. */
final class RouteCauseTest {
  private static final Instant START = Instant.parse("2021-10-04T15:30:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int PROBES = 3;
  private static final long ORIGIN = 32_934;
  private static final List<String> VICTIMS = List.of("facebook", "instagram", "whatsapp");
  private static final String CONTROL = "control";
  private static final Map<String, String> SERVERS =
      Map.of("129.134.30.0/24", "a.ns 129.134.30.12", "185.89.218.0/24", "c.ns 185.89.218.12");

  private final List<Incident> told = new ArrayList<>();
  private State state = State.initial();
  private Instant now = START;
  private boolean broken;
  private long sequence;

  RouteCauseTest() {
    List<Watched> watched = new ArrayList<>();
    for (String name : List.of("facebook", "instagram", "whatsapp", CONTROL)) {
      watched.add(
          new Watched(
              new TargetName(name),
              List.of(),
              List.of(
                  new Cadence(CheckKind.DNS_AUTH, Duration.ofMinutes(1), TIMEOUT),
                  new Cadence(CheckKind.HTTP, Duration.ofSeconds(30), TIMEOUT)),
              Dependencies.NONE,
              List.of(),
              0));
    }
    step(new Input.Configured(new Watchlist(watched)));
    List<RouteDependency> routes = new ArrayList<>();
    SERVERS.forEach(
        (prefix, server) ->
            routes.add(
                new RouteDependency(
                    prefix, List.of(ORIGIN), RouteDependency.Role.NAME_SERVERS, List.of(server))));
    Dependencies known =
        new Dependencies(
            List.of(new Dependency(DependencyKind.NAME_SERVER_ASN, String.valueOf(ORIGIN))),
            routes);
    VICTIMS.forEach(name -> step(new Input.Learnt(new TargetName(name), known)));
    routes(Optional.of(new RouteView.Sight(1, Optional.of(ORIGIN), Optional.empty())));
  }

  private void routes(Optional<RouteView.Sight> sight) {
    SERVERS.keySet().forEach(prefix -> step(new Input.Routed(new RouteView(prefix, sight))));
  }

  private void withdraw(Instant firstLoss) {
    routes(Optional.of(new RouteView.Sight(0, Optional.empty(), Optional.of(firstLoss))));
  }

  private void run(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
      long second = Duration.between(START, now).toSeconds();
      step(new Input.Tick());
      for (int probe = 0; probe < PROBES; probe++) {
        step(
            new Input.Heard(
                new Beat(vantage(probe), Optional.empty(), Optional.empty(), now, now)));
        if (second % 30 == 7L * probe) {
          look(probe, CheckKind.HTTP);
        }
        if (second % 60 == 7L * probe + 3) {
          look(probe, CheckKind.DNS_AUTH);
        }
      }
    }
  }

  private static Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("p" + probe), new Region("r" + probe), Optional.of(64_500L + probe));
  }

  private void look(int probe, CheckKind kind) {
    for (String name : List.of("facebook", "instagram", "whatsapp", CONTROL)) {
      boolean fails = broken && VICTIMS.contains(name);
      Outcome outcome =
          !fails
              ? Outcome.up()
              : kind == CheckKind.HTTP
                  ? Outcome.down(Reason.SERVFAIL, "resolver")
                  : Outcome.down(Reason.NAME_SERVERS_TIMEOUT, "a.ns, c.ns");
      Observation observation =
          new Observation(
              new ObservationId(vantage(probe).probe(), 1, sequence++),
              vantage(probe),
              new TargetName(name),
              kind,
              outcome.why().flatMap(why -> why.reason().layer()).orElse(Layer.valueOf(kind.name())),
              now,
              now,
              Duration.ofMillis(50),
              outcome,
              Timings.NONE,
              Facts.NONE);
      step(new Input.Observed(new Evidence(observation, now.plusMillis(60))));
    }
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now);
    state = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Tell(Notice notice) && notice.kind() != Notice.Kind.RESOLVED) {
        told.add(notice.incident());
      }
    }
  }

  private Incident only() {
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  @Test
  void nameServersWhoseRoutesAreGoneAreOneIncidentOfTheirNetwork() {
    run(Duration.ofMinutes(9));
    Instant firstLoss = now;
    run(Duration.ofMinutes(1));
    withdraw(firstLoss);
    broken = true;
    run(Duration.ofMinutes(20));
    Incident incident = only();
    assertThat(incident.cause().layer()).contains(Layer.BGP);
    assertThat(incident.cause().finding().reason()).isEqualTo(Reason.ROUTE_WITHDRAWN);
    assertThat(incident.cause().culprit()).isEqualTo("asn:32934");
    assertThat(incident.cause().finding().detail())
        .contains("129.134.30.0/24 (a.ns 129.134.30.12)", "185.89.218.0/24 (c.ns 185.89.218.12)");
    assertThat(state.openIncidents().getFirst().targets())
        .extracting(TargetName::value)
        .containsExactlyInAnyOrderElementsOf(VICTIMS);
  }

  @Test
  void routesThatGoLongAfterItBeganDidNotBeginIt() {
    run(Duration.ofMinutes(10));
    broken = true;
    run(Duration.ofMinutes(20));
    withdraw(now);
    run(Duration.ofMinutes(20));
    assertThat(only().cause().layer()).contains(Layer.DNS_AUTH);
    assertThat(state.openIncidents().getFirst().cause().layer()).contains(Layer.DNS_AUTH);
  }

  @Test
  void whatNobodySeesAnyMoreExplainsNothing() {
    run(Duration.ofMinutes(10));
    withdraw(now);
    routes(Optional.empty());
    broken = true;
    run(Duration.ofMinutes(20));
    assertThat(only().cause().layer()).contains(Layer.DNS_AUTH);
  }

  @Test
  void routesThatGoWhileAllIsFineCallNobody() {
    run(Duration.ofMinutes(10));
    withdraw(now);
    run(Duration.ofMinutes(30));
    assertThat(told).isEmpty();
  }
}
