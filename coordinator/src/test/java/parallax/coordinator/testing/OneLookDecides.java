package parallax.coordinator.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.policy.Receiver;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Effect;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.ingest.Decider;

/** The simplest core there can be: every look is a verdict, every fall an incident. */
public final class OneLookDecides implements Decider {
  /** Stumbles over observations of this target. */
  public static final String POISON = "poison";

  private final Map<TargetName, Verdict> verdicts = new TreeMap<>();
  private final Map<TargetName, Incident> open = new TreeMap<>();
  private List<String> receivers = List.of();

  @Override
  public List<Effect> decide(Input input, Instant now) {
    return switch (input) {
      case Input.Tick _ -> List.of();
      case Input.Configured(Configuration configuration) -> configured(configuration);
      case Input.Observed(Evidence evidence) -> observed(evidence, now);
    };
  }

  @Override
  public Optional<Verdict> verdict(TargetName target) {
    return Optional.ofNullable(verdicts.get(target));
  }

  @Override
  public List<Incident> openIncidents() {
    return List.copyOf(open.values());
  }

  private List<Effect> configured(Configuration configuration) {
    receivers = configuration.receivers().stream().map(Receiver::name).toList();
    List<TargetName> names = configuration.targets().stream().map(Target::name).toList();
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
        seen.outcome().why().map(why -> new Cause(seen.layer(), why, "target:" + target));
    Verdict before = verdicts.get(target);
    boolean changed = before == null || before.state() != state;
    Verdict verdict =
        new Verdict(
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
      Incident incident = opened(verdict, cause.orElseThrow(), now);
      open.put(target, incident);
      effects.add(new Effect.IncidentChanged(incident));
      effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, receivers)));
      effects.add(new Effect.AskAgain(target, seen.check(), Duration.ZERO));
    } else if (open.containsKey(target)) {
      Incident incident = resolved(open.remove(target), now);
      effects.add(new Effect.IncidentChanged(incident));
      effects.add(new Effect.Tell(new Notice(Notice.Kind.RESOLVED, incident, receivers)));
    }
    return effects;
  }

  private static Incident opened(Verdict verdict, Cause cause, Instant now) {
    return new Incident(
        new IncidentId(verdict.target().value() + "@" + now.toEpochMilli()),
        List.of(verdict.target()),
        Scope.UNCONFIRMED,
        cause,
        now,
        now,
        Optional.empty(),
        verdict.evidence());
  }

  private static Incident resolved(Incident was, Instant now) {
    return new Incident(
        was.id(),
        was.targets(),
        was.scope(),
        was.cause(),
        was.onset(),
        was.opened(),
        Optional.of(now),
        was.evidence());
  }
}
