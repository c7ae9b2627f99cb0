package parallax.coordinator.testing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** What a core might have decided, for tests of what is done with it. */
public final class Judged {
  private Judged() {}

  public static Verdict verdict(
      TargetName target,
      TargetState state,
      Optional<Scope> scope,
      Optional<Cause> cause,
      Instant since,
      double confidence,
      List<Evidence> evidence,
      String rule) {
    return new Verdict(
        target, state, scope, List.of(), cause, since, confidence, votes(evidence), Why.rule(rule));
  }

  /** About targets, and published when it was opened. */
  public static Incident incident(
      String id,
      List<TargetName> targets,
      Scope scope,
      Cause cause,
      Instant onset,
      Instant opened,
      List<Evidence> evidence) {
    return new Incident(
        new IncidentId(id),
        Incident.Subject.SERVICE,
        targets,
        scope,
        List.of(),
        cause,
        onset,
        opened,
        Optional.of(opened),
        Optional.empty(),
        0,
        votes(evidence),
        List.of(),
        Why.rule("one look decides"));
  }

  public static Incident resolved(Incident open, Instant at) {
    return new Incident(
        open.id(),
        open.subject(),
        open.targets(),
        open.scope(),
        open.regions(),
        open.cause(),
        open.onset(),
        open.opened(),
        open.published(),
        Optional.of(at),
        open.reopened(),
        open.votes(),
        open.well(),
        open.why());
  }

  public static List<Vote> votes(List<Evidence> evidence) {
    return evidence.stream().map(Judged::vote).toList();
  }

  private static Vote vote(Evidence evidence) {
    Observation seen = evidence.observation();
    Vote.Ballot ballot =
        switch (seen.outcome()) {
          case Outcome.Up _ -> Vote.Ballot.FINE;
          case Outcome.Degraded _ -> Vote.Ballot.NOTABLE;
          case Outcome.Down _ -> Vote.Ballot.FAILED;
          case Outcome.Inconclusive _ -> Vote.Ballot.COULD_NOT_TELL;
        };
    return new Vote(
        seen.id(),
        seen.vantage(),
        seen.check(),
        seen.layer(),
        evidence.received(),
        ballot,
        seen.outcome().why(),
        ballot == Vote.Ballot.FAILED ? 5.5 : -3.5);
  }
}
