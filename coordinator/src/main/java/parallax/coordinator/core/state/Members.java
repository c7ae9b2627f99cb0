package parallax.coordinator.core.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.incident.Pace;
import parallax.coordinator.core.target.Kinds;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;

/** Targets that fail, as members of an incident, and the evidence for it. */
final class Members {
  /** Where few see it, at least so many have to see so many failures in a row. */
  private static final int LEAST_LASTING = 2;

  private static final int IN_A_ROW = 3;

  /** The evidence of so many members is shown. */
  private static final int MAX_TOLD = 8;

  private Members() {}

  static Member of(Turn turn, TargetRecord record) {
    return new Member(
        record.name(),
        record.dependencies(),
        record.ruling(),
        record.onset().orElse(turn.now),
        true,
        pace(turn, record));
  }

  private static Pace pace(Turn turn, TargetRecord record) {
    if (Judging.isFew(turn, record)) {
      return Pace.atOnce(turn.watchlist.rules());
    }
    Duration interval = interval(record);
    boolean global = record.ruling().scope().equals(Optional.of(Scope.GLOBAL));
    boolean widespread = false;
    int lasting = 0;
    for (Unit unit : record.units()) {
      if (unit.isFailing()) {
        widespread |= Judging.setting(turn, record).isWidespread(unit);
        lasting = Math.max(lasting, lasting(unit));
      }
    }
    if (global || widespread) {
      return Pace.of(interval, turn.watchlist.rules());
    }
    return lasting >= LEAST_LASTING
        ? Pace.ofFew(interval, turn.watchlist.rules())
        : Pace.ofChance(interval, turn.watchlist.rules());
  }

  /** For how many probes nothing but failures was seen lately. */
  private static int lasting(Unit unit) {
    int lasting = 0;
    for (int index = 0; index < unit.looks().probes(); index++) {
      lasting += unit.looks().failing(index) >= IN_A_ROW ? 1 : 0;
    }
    return lasting;
  }

  /** Of the checks by which users' trouble is seen. */
  static Duration interval(TargetRecord record) {
    Optional<Duration> users =
        record.units().stream()
            .filter(unit -> Kinds.isUsers(unit.cadence().check()))
            .map(unit -> unit.cadence().interval())
            .min(Duration::compareTo);
    return users
        .or(() -> record.units().stream().map(Members::interval).min(Duration::compareTo))
        .orElse(Duration.ofMinutes(1));
  }

  private static Duration interval(Unit unit) {
    return unit.cadence().interval();
  }

  /** The newest failures that the members saw, newest first. */
  static List<Vote> votes(Turn turn, Case known) {
    List<Vote> votes = new ArrayList<>();
    for (Member member : known.failing().stream().limit(MAX_TOLD).toList()) {
      turn.record(member.target()).ifPresent(record -> votes.addAll(votes(turn, record)));
    }
    votes.sort(Comparator.comparing(Vote::at).reversed());
    return votes.stream().limit(Verdict.MAX_VOTES).toList();
  }

  /** The newest failing look of every probe, newest first. */
  static List<Vote> votes(Turn turn, TargetRecord record) {
    return Verdicts.failures(record, Judging.setting(turn, record));
  }
}
