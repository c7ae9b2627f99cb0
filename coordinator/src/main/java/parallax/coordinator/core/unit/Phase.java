package parallax.coordinator.core.unit;

import java.time.Instant;
import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.verdict.Scope;

/** How a unit stands. */
public sealed interface Phase {
  /** Nothing is wrong, as far as is known. */
  Phase CALM = new Calm();

  record Calm() implements Phase {}

  /**
   * Something failed, and others were asked.
   *
   * @param from looks that started before are about the time before, milliseconds since the epoch
   * @param starter slot of the probe that failed first
   * @param checking slots of probes that are being checked against other targets; empty: none
   * @param failures the newest failing look of each probe, oldest first
   */
  record Suspected(long from, int starter, Round round, Checking checking, List<Failure> failures)
      implements Phase {
    /** The same with another check. */
    public Suspected with(Checking other) {
      return new Suspected(from, starter, round, other, failures);
    }

    /** The same with another round. */
    Suspected with(Round other) {
      return new Suspected(from, starter, other, checking, failures);
    }
  }

  /**
   * It fails for those whom the label names.
   *
   * @param from when the trouble began, milliseconds since the epoch
   * @param opened when that was decided
   * @param recovery how much speaks for its end, as a logarithm of a ratio of likelihoods
   * @param labelled when the label was looked at last
   */
  record Failing(
      long from,
      Instant opened,
      Label label,
      Tally tally,
      double recovery,
      Round round,
      Instant labelled,
      List<Failure> failures)
      implements Phase {
    /** The same as if it had begun now. */
    Failing setBack(Instant now) {
      long began = now.toEpochMilli();
      // For everybody only when that is seen once more.
      Label kept =
          label.scope() == Scope.GLOBAL ? Label.of(Scope.PARTIAL, label.probability()) : label;
      return new Failing(began, now, kept, tally, recovery, Round.NONE, now, failures);
    }
  }

  /**
   * Probes of which it is not clear whether they or the target are in trouble, and the other
   * targets that they were asked to look at.
   *
   * @param slots empty: nothing is being checked
   * @param label what the unit is labelled with if the target is in trouble
   * @param against empty: nobody was asked yet
   * @param next when the answers are looked at
   * @param until when no more answers are waited for
   */
  record Checking(
      List<Integer> slots,
      Label label,
      List<TargetName> against,
      Instant asked,
      Instant next,
      Instant until) {
    static final Checking NOTHING =
        new Checking(
            List.of(),
            Label.of(Scope.PROBE_LOCAL, 0),
            List.of(),
            Instant.MIN,
            Instant.MAX,
            Instant.MAX);

    public boolean isOn() {
      return !slots.isEmpty();
    }

    /** The same, with the answers to be looked at later. */
    public Checking nextAt(Instant when) {
      return new Checking(slots, label, against, asked, when, until);
    }

    /** The same, with others that were asked about. */
    public Checking against(List<TargetName> others, Instant when) {
      return new Checking(slots, label, List.copyOf(others), when, when.plusSeconds(1), until);
    }
  }
}
