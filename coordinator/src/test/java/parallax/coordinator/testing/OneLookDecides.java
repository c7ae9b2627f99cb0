package parallax.coordinator.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.ingest.Decider;

/** The simplest core there can be: every look is a verdict, every fall an incident. */
public final class OneLookDecides implements Decider {
  /** Stumbles over observations of this target. */
  public static final String POISON = "poison";

  private final Map<TargetName, Verdict> verdicts = new TreeMap<>();
  private final Map<TargetName, Incident> open = new TreeMap<>();

  @Override
  public List<Effect> decide(Input input, Instant now) {
    return switch (input) {
      case Input.Tick _, Input.Heard _, Input.Routed _, Input.Learnt _ -> List.of();
      case Input.Configured(Watchlist watchlist) -> configured(watchlist);
      case Input.Observed(Evidence evidence) -> observed(evidence, now);
    };
  }

  @Override
  public Optional<Instant> due() {
    return Optional.empty();
  }

  @Override
  public Optional<Verdict> verdict(TargetName target) {
    return Optional.ofNullable(verdicts.get(target));
  }

  @Override
  public List<Incident> openIncidents() {
    return List.copyOf(open.values());
  }

  private List<Effect> configured(Watchlist watchlist) {
    List<TargetName> names = watchlist.targets().stream().map(Watched::name).toList();
    List<Effect> effects = new ArrayList<>();
    for (TargetName known : List.copyOf(verdicts.keySet())) {
      if (!names.contains(known)) {
        verdicts.remove(known);
        open.remove(known);
        effects.add(new Effect.TargetForgotten(known));
      }
    }
    return effects;
  }

  private List<Effect> observed(Evidence evidence, Instant now) {
    Observation seen = evidence.observation();
    TargetName target = seen.target();
    if (target.value().equals(POISON)) {
      throw new IllegalStateException("stumbled");
    }
    TargetState state = seen.outcome() instanceof Outcome.Up ? TargetState.UP : TargetState.DOWN;
    boolean down = state == TargetState.DOWN;
    Optional<Cause> cause =
        seen.outcome()
            .why()
            .map(why -> new Cause(Optional.of(seen.layer()), why, "target:" + target));
    Verdict before = verdicts.get(target);
    boolean changed = before == null || before.state() != state;
    Verdict verdict =
        Judged.verdict(
            target,
            state,
            down ? Optional.of(Scope.UNCONFIRMED) : Optional.empty(),
            cause,
            changed || before == null ? now : before.since(),
            0.9,
            List.of(evidence),
            "one look decides");
    verdicts.put(target, verdict);
    if (!changed) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>(List.of(new Effect.VerdictChanged(verdict)));
    if (down) {
      Incident incident = opened(verdict, cause.orElseThrow(), evidence);
      open.put(target, incident);
      effects.add(new Effect.IncidentChanged(incident));
      effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of())));
      effects.add(new Effect.AskAgain(target, seen.check(), seen.vantage().probe(), Duration.ZERO));
    } else if (open.containsKey(target)) {
      Incident incident = Judged.resolved(open.remove(target), now);
      effects.add(new Effect.IncidentChanged(incident));
      effects.add(new Effect.Tell(new Notice(Notice.Kind.RESOLVED, incident, List.of())));
    }
    return effects;
  }

  private static Incident opened(Verdict verdict, Cause cause, Evidence evidence) {
    Instant now = verdict.since();
    return Judged.incident(
        verdict.target().value() + "@" + now.toEpochMilli(),
        List.of(verdict.target()),
        Scope.UNCONFIRMED,
        cause,
        now,
        now,
        List.of(evidence));
  }
}
