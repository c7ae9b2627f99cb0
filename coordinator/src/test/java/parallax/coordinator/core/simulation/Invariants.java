package parallax.coordinator.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Effect;
import parallax.coordinator.core.Given;
import parallax.coordinator.core.State;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Freshness;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.store.Store;

/** What must be true after every event, whatever went wrong. */
final class Invariants {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Map<TargetName, SimulatedTarget> targets;
  private final Faults faults;
  private final Configuration configuration;
  private final Map<Unit, Set<ObservationId>> failing = new LinkedHashMap<>();
  private final Map<Unit, Instant> heard = new LinkedHashMap<>();
  private final Map<IncidentId, List<Notice.Kind>> told = new LinkedHashMap<>();
  private final Map<TargetName, Effect.VerdictChanged> last = new LinkedHashMap<>();

  private record Unit(TargetName target, CheckKind check) {}

  Invariants(Map<TargetName, SimulatedTarget> targets, Faults faults, Configuration configuration) {
    this.targets = targets;
    this.faults = faults;
    this.configuration = configuration;
  }

  void saw(Evidence evidence) {
    Unit unit = new Unit(evidence.observation().target(), evidence.observation().check());
    switch (evidence.observation().outcome()) {
      case Outcome.Down _ -> {
        failing.computeIfAbsent(unit, _ -> new LinkedHashSet<>()).add(evidence.observation().id());
        heard.put(unit, evidence.received());
      }
      case Outcome.Up _, Outcome.Degraded _ -> heard.put(unit, evidence.received());
      case Outcome.Inconclusive _ -> {}
    }
  }

  /** A new core has seen nothing. */
  void restarted() {
    failing.clear();
    heard.clear();
    last.clear();
  }

  void happened(Effect effect, Instant now) {
    switch (effect) {
      case Effect.VerdictChanged changed -> changed(changed);
      case Effect.Tell(Notice notice) -> {
        List<Notice.Kind> kinds =
            told.computeIfAbsent(notice.incident().id(), _ -> new ArrayList<>());
        kinds.add(notice.kind());
        assertThat(kinds)
            .as("told of %s at %s", notice.incident().id(), now)
            .isIn(List.of(Notice.Kind.OPENED), List.of(Notice.Kind.OPENED, Notice.Kind.RESOLVED));
        assertThat(notice.receivers()).containsExactly("hook");
      }
      case Effect.IncidentChanged _, Effect.TargetForgotten _, Effect.AskAgain _ -> {}
    }
  }

  private void changed(Effect.VerdictChanged changed) {
    Verdict verdict = changed.verdict();
    Effect.VerdictChanged before = last.put(verdict.target(), changed);
    if (before != null) {
      boolean same =
          before.verdict().state() == verdict.state()
              && before.verdict().cause().equals(verdict.cause())
              && before.verdict().scope().equals(verdict.scope());
      assertThat(same).as("a change that changes nothing: %s", verdict).isFalse();
    }
    if (verdict.state() == TargetState.DOWN) {
      assertThat(failing.entrySet())
          .as("three different looks failed: %s", verdict)
          .anySatisfy(
              entry -> {
                assertThat(entry.getKey().target()).isEqualTo(verdict.target());
                assertThat(entry.getValue()).hasSizeGreaterThanOrEqualTo(3);
              });
      assertThat(verdict.cause()).isPresent();
    }
  }

  /** After something was heard of one target. */
  void check(State state, TargetName target, Instant now) {
    state.verdict(target).ifPresent(verdict -> check(verdict, open(state), now));
  }

  /** Everything. */
  void check(State state, Store store, Instant now) {
    Map<TargetName, Incident> open = open(state);
    for (Verdict verdict : state.verdicts()) {
      check(verdict, open, now);
    }
    Set<Incident> stored = new LinkedHashSet<>(store.remembered().open());
    if (!stored.equals(new LinkedHashSet<>(open.values()))) {
      throw new AssertionError("open " + open.values() + " but stored " + stored);
    }
  }

  private static Map<TargetName, Incident> open(State state) {
    Map<TargetName, Incident> open = new TreeMap<>();
    for (Incident incident : state.openIncidents()) {
      if (open.put(incident.targets().getFirst(), incident) != null) {
        throw new AssertionError("a second open incident of a target: " + incident);
      }
    }
    return open;
  }

  private void check(Verdict verdict, Map<TargetName, Incident> open, Instant now) {
    TargetName target = verdict.target();
    boolean isOpen = open.containsKey(target);
    TargetState state = verdict.state();
    boolean isFine = state == TargetState.UP || state == TargetState.DEGRADED;
    if ((state == TargetState.DOWN && !isOpen) || (isFine && isOpen)) {
      throw new AssertionError("incident open: " + isOpen + ", but " + verdict);
    }
    SimulatedTarget truth = targets.get(target);
    if (truth == null) {
      throw new AssertionError("a verdict about nothing: " + verdict);
    }
    if (isFine) {
      truth.target().checks().forEach(check -> checkFresh(truth.target(), check, now));
    }
    Instant decided = now.minus(truth.bound(faults));
    if (faults.isNone() && decided.isAfter(Given.T0) && truth.isSteady(decided, now)) {
      TargetState expected = truth.outageAt(now).isPresent() ? TargetState.DOWN : TargetState.UP;
      if (state != expected) {
        throw new AssertionError(target + " at " + now + " is " + expected + ", not " + verdict);
      }
    }
  }

  private void checkFresh(Target target, CheckSpec check, Instant now) {
    Instant newest = heard.getOrDefault(new Unit(target.name(), check.kind()), Instant.MIN);
    Duration window = Freshness.of(target, check).window();
    if (newest.isBefore(now.minus(window).minus(TICK))) {
      throw new AssertionError(check.kind() + " of " + target.name() + " is stale at " + now);
    }
  }

  /** After a long time without faults everything is as it should be. */
  void checkEnd(State state, Store store, List<Effect> effects) {
    assertThat(state.verdicts())
        .hasSize(configuration.targets().size())
        .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(TargetState.UP));
    assertThat(state.openIncidents()).isEmpty();
    assertThat(store.remembered().open()).isEmpty();
    assertThat(told.values())
        .allSatisfy(
            kinds -> assertThat(kinds).containsExactly(Notice.Kind.OPENED, Notice.Kind.RESOLVED));
    long opened =
        effects.stream()
            .filter(
                effect ->
                    effect instanceof Effect.Tell(Notice notice)
                        && notice.kind() == Notice.Kind.OPENED)
            .count();
    assertThat(told).hasSize((int) opened);
  }
}
