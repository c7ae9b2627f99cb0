package parallax.bench.compare.run;

import java.util.List;
import parallax.config.check.CheckKind;
import parallax.coordinator.core.watch.Cadence;

/**
 * The scheduled checks of one kind, spread evenly over the interval as in a replayed scenario: for
 * one target the probes follow one another, for one probe the targets.
 */
final class Round {
  /** The order in which a scenario numbers the kinds of checks. */
  private static final List<CheckKind> KINDS =
      List.of(CheckKind.HTTP, CheckKind.DNS_AUTH, CheckKind.DELEGATION, CheckKind.REGISTRATION);

  private final CheckKind check;
  private final long interval;
  private final int targets;
  private final int slots;
  private long begin;
  private int slot;
  private long next;

  Round(Cadence cadence, int probes, int targets) {
    this.check = cadence.check();
    this.interval = cadence.interval().toMillis();
    this.targets = targets;
    this.slots = probes * targets;
    this.next = phase();
  }

  CheckKind check() {
    return check;
  }

  /** When the next check starts. */
  long next() {
    return next;
  }

  int probe() {
    return slot / targets;
  }

  int target() {
    return slot % targets;
  }

  /** The check was made. */
  void advance() {
    slot++;
    if (slot == slots) {
      slot = 0;
      begin += interval;
    }
    next = begin + phase();
  }

  private long phase() {
    long place = (long) slot * KINDS.size() + KINDS.indexOf(check);
    return interval * place / ((long) slots * KINDS.size());
  }
}
