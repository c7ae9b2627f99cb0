package parallax.probe.registration.judge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.registration.judge.Judged.Said;
import parallax.probe.registration.judge.Judged.Weight;
import parallax.probe.registration.status.DomainState;

/**
 * Why a delegation is gone: what the parent zone says and what the registry says, joined.
 *
 * <ul>
 *   <li>Gone and registered: on hold or suspended; the states tell by whom.
 *   <li>Gone and not registered: deleted, or expired when its end had come.
 *   <li>Gone, and the registry does not tell: unknown, whatever the last record says of its end.
 * </ul>
 */
public final class JoinedCause {
  private JoinedCause() {}

  /**
   * Why the delegation of {@code demand}'s domain is gone; empty when the registry tells nothing.
   */
  public static Optional<Finding> of(Knowledge known, Demand demand, Instant now) {
    if (known.absent().isPresent()) {
      return Optional.of(deleted(known, demand).finding());
    }
    return known
        .good()
        .filter(record -> !record.isStale(now))
        .map(record -> withheld(record, demand, now).finding());
  }

  /** A registered name that the parent zone does not have. */
  static Said withheld(GoodRecord record, Demand demand, Instant now) {
    List<Said> states = StateRules.judge(record, demand, Delegated.GONE, now);
    Optional<Said> told = states.stream().filter(each -> each.weight() == Weight.DOWN).findFirst();
    if (told.isPresent()) {
      return told.get();
    }
    if (record.facts().nameServers().isEmpty()) {
      return Said.down(
          Reason.REGISTRATION_NOT_DELEGATED,
          "the registry has no name servers of it" + StateRules.who(record, ""));
    }
    return Said.down(
        Reason.REGISTRATION_SUSPENDED,
        "registered, yet taken out of its parent zone; no status tells why"
            + StateRules.who(record, ""));
  }

  /** A name that its registry does not have any more. */
  static Said deleted(Knowledge known, Demand demand) {
    Knowledge.Absence absence = known.absent().orElseThrow();
    boolean ended =
        known.good().filter(record -> hadEnded(record, demand, absence.last())).isPresent();
    String before =
        known
            .good()
            .map(record -> "; it was registered on " + day(record) + StateRules.who(record, ""))
            .orElse("");
    return Said.down(
        ended ? Reason.REGISTRATION_EXPIRED : Reason.REGISTRATION_ABSENT,
        absence.registry() + " says it is not registered" + before);
  }

  private static boolean hadEnded(GoodRecord record, Demand demand, Instant when) {
    boolean ending =
        record.facts().states().stream()
            .anyMatch(
                state ->
                    state == DomainState.REDEMPTION_PERIOD
                        || state == DomainState.PENDING_DELETE
                        || state == DomainState.EXPIRED
                        || state == DomainState.TO_BE_RELEASED
                        || state == DomainState.QUARANTINE);
    return ending
        || Deadlines.end(record, demand)
            .filter(end -> Deadlines.isSurelyPast(end.date(), when))
            .isPresent();
  }

  private static String day(GoodRecord record) {
    return java.time.LocalDate.ofInstant(record.at(), java.time.ZoneOffset.UTC).toString();
  }
}
