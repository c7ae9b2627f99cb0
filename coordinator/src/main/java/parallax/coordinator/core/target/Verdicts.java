package parallax.coordinator.core.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Reason;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.reading.Signature;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Setting;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.ScopeModel;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** What is held of a target, with all that it rests on, as people and API clients see it. */
public final class Verdicts {
  private static final Comparator<Vote> NEWEST_FIRST =
      Comparator.comparing(Vote::at)
          .reversed()
          .thenComparing(vote -> vote.vantage().probe())
          .thenComparing(Vote::check);

  private Verdicts() {}

  public static Verdict of(TargetRecord record, Setting setting) {
    Ruling ruling = record.ruling();
    return new Verdict(
        record.name(),
        ruling.state(),
        ruling.scope(),
        ruling.regions(),
        ruling.cause(),
        record.since(),
        ruling.probability(),
        votes(record, setting),
        why(record, setting));
  }

  /** Why that is held. */
  public static Why why(TargetRecord record, Setting setting) {
    for (Unit unit : record.units()) {
      boolean users = Kinds.isUsers(unit.cadence().check());
      if (users && unit.phase() instanceof Phase.Failing failing) {
        return Account.of(unit, failing, setting);
      }
    }
    for (Unit unit : record.units()) {
      if (unit.phase() instanceof Phase.Failing failing) {
        return Account.of(unit, failing, setting);
      }
    }
    return Account.ofCalm(record, setting);
  }

  /** The newest look of every probe by every kind of check, newest first. */
  private static List<Vote> votes(TargetRecord record, Setting setting) {
    List<Vote> votes = new ArrayList<>();
    for (Unit unit : record.units()) {
      for (int index = 0; index < unit.looks().probes(); index++) {
        votes.add(vote(unit, index, 0, setting));
      }
    }
    votes.sort(NEWEST_FIRST);
    return votes;
  }

  /** The newest failing look of every probe that is still kept, newest first. */
  public static List<Vote> failures(TargetRecord record, Setting setting) {
    List<Vote> votes = new ArrayList<>();
    for (Unit unit : record.units()) {
      Looks looks = unit.looks();
      for (int index = 0; index < looks.probes(); index++) {
        int back = 0;
        while (back < looks.kept(index) && !LookCode.isFailed(looks.code(index, back))) {
          back++;
        }
        if (back < looks.kept(index)) {
          votes.add(vote(unit, index, back, setting));
        }
      }
    }
    votes.sort(NEWEST_FIRST);
    return votes.stream().limit(Verdict.MAX_VOTES).toList();
  }

  private static Vote vote(Unit unit, int index, int back, Setting setting) {
    Fleet fleet = setting.fleet();
    Looks looks = unit.looks();
    CheckKind check = unit.cadence().check();
    Probe probe = fleet.probe(looks.slot(index));
    int code = looks.code(index, back);
    boolean failed = LookCode.isFailed(code);
    boolean counts = fleet.counts(probe.slot(), setting.now());
    ObservationId id =
        new ObservationId(probe.vantage().probe(), looks.boot(index), looks.sequence(index, back));
    Vote.Ballot ballot =
        !counts
            ? Vote.Ballot.ABSTAINS
            : failed
                ? Vote.Ballot.FAILED
                : LookCode.isNotable(code) ? Vote.Ballot.NOTABLE : Vote.Ballot.FINE;
    return new Vote(
        id,
        probe.vantage(),
        check,
        LookCode.layer(code),
        Instant.ofEpochMilli(looks.ended(index, back)),
        ballot,
        LookCode.reason(code).map(reason -> detailed(unit, id, Finding.of(reason))),
        counts ? ScopeModel.weight(probe, failed) : 0);
  }

  /** The finding with its words, where they are still known. */
  private static Finding detailed(Unit unit, ObservationId id, Finding plain) {
    List<Failure> failures =
        switch (unit.phase()) {
          case Phase.Calm _ -> List.of();
          case Phase.Suspected suspected -> suspected.failures();
          case Phase.Failing failing -> failing.failures();
        };
    for (Failure failure : failures) {
      Optional<Finding> why = failure.outcome().why();
      if (failure.id().equals(id) && why.isPresent()) {
        return told(failure, why.get());
      }
    }
    return plain;
  }

  /** With what tells a reset by somebody who reads along from one by the service. */
  private static Finding told(Failure failure, Finding finding) {
    boolean plain =
        finding.reason() == Reason.HTTP_RESET
            && !finding.detail().isEmpty()
            && !failure.encrypted();
    return plain ? new Finding(finding.reason(), finding.detail() + Signature.IN_PLAIN) : finding;
  }
}
