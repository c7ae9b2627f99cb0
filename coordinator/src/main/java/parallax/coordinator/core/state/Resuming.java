package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.target.Kinds;
import parallax.coordinator.core.target.Ruling;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.TargetRule;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What another core held goes on where what is seen is the same. Until something is seen, nothing
 * is told of it: on record the older verdict lasts. When it turns out not to go on, what is told is
 * that nothing was known from the taking over until then.
 */
final class Resuming {
  /** By then every probe that is alive was heard. */
  private static final Duration ASSEMBLED = Fleet.BEAT.multipliedBy(2);

  /** By then those have been heard who were not cut off by the taking over. */
  private static final Duration GATHERED = Fleet.BEAT;

  private Resuming() {}

  /**
   * Whether a ruling calls an end to trouble, or makes less of it, before all have looked who do:
   * the first probes to look may be those for whom nothing was wrong. Or it tells of new trouble by
   * the rule of few, while it is only that few were heard yet.
   */
  static boolean isTooSoon(Turn turn, TargetRecord record, Ruling ruling) {
    return isTooSoonToMend(turn, record, ruling) || isTooSoonToBlame(turn, record, ruling);
  }

  private static boolean isTooSoonToBlame(Turn turn, TargetRecord record, Ruling ruling) {
    return record.resumed().filter(held -> isBetter(held.state(), ruling.state())).isPresent()
        && turn.now.isBefore(gathered(record))
        && Judging.isFew(turn, record);
  }

  private static boolean isTooSoonToMend(Turn turn, TargetRecord record, Ruling ruling) {
    return record.resumed().filter(held -> isBetter(ruling.state(), held.state())).isPresent()
        && turn.now.isBefore(end(record))
        && (turn.now.isBefore(assembled(record)) || !haveAllLooked(turn, record));
  }

  private static boolean isBetter(TargetState state, TargetState held) {
    return switch (state) {
      case UP -> held != TargetState.UP;
      case DEGRADED -> held == TargetState.DOWN;
      case DOWN, UNKNOWN -> false;
    };
  }

  private static boolean haveAllLooked(Turn turn, TargetRecord record) {
    int looking = Judging.setting(turn, record).counting().size();
    for (Unit unit : record.units()) {
      boolean users = Kinds.isUsers(unit.cadence().check());
      boolean open = unit.phase() instanceof Phase.Suspected;
      if (users && (open || unit.looks().probes() < looking)) {
        return false;
      }
    }
    return true;
  }

  /** Without what was held before, when nobody has seen for too long whether it goes on. */
  static TargetRecord givenUp(Turn turn, TargetRecord record) {
    boolean isOver = record.resumed().isPresent() && !turn.now.isBefore(end(record));
    return isOver ? record.notResuming() : record;
  }

  /**
   * Whether a record that waited to be seen again is ruled to be in another state, or still waits.
   */
  static boolean isToldOtherwise(TargetRecord before, Ruling ruling) {
    return before.resumed().filter(held -> held.state() != ruling.state()).isPresent();
  }

  /** Tells what became of a record that waited; nothing as long as it does. */
  static void told(Turn turn, TargetRecord before, TargetRecord after) {
    if (after.resumed().isPresent()) {
      return;
    }
    changed(turn, before);
    if (!after.ruling().saysTheSameAs(before.ruling())) {
      changed(turn, after);
    }
  }

  private static void changed(Turn turn, TargetRecord record) {
    turn.effects.add(new Effect.VerdictChanged(Verdicts.of(record, Judging.setting(turn, record))));
  }

  /** When a record that waits is to be looked after. */
  static Instant wanted(Turn turn, TargetRecord record) {
    Instant wanted = end(record);
    for (Instant soon : List.of(gathered(record), assembled(record))) {
      wanted = soon.isAfter(turn.now) ? State.earlier(wanted, soon) : wanted;
    }
    return record.resumed().isEmpty() ? Instant.MAX : wanted;
  }

  private static Instant gathered(TargetRecord record) {
    return record.since().plus(GATHERED);
  }

  private static Instant assembled(TargetRecord record) {
    return record.since().plus(ASSEMBLED);
  }

  /** For as long as a look tells something, what was held before may go on. */
  private static Instant end(TargetRecord record) {
    Instant faded = record.since().plus(TargetRule.window(record));
    return faded.isAfter(assembled(record)) ? faded : assembled(record);
  }
}
