package parallax.coordinator.core.incident;

import java.time.Duration;
import parallax.config.policy.DecisionRules;

/**
 * How long an incident waits before it is told, and before it is over.
 *
 * @param publish after it was opened
 * @param publishAlone the same while there is only one target in it
 * @param hold after all seems fine
 * @param reopens whether trouble that returns soon belongs to the same incident
 * @param reopen how soon; an incident that is over is remembered for so long
 */
public record Pace(
    Duration publish, Duration publishAlone, Duration hold, boolean reopens, Duration reopen) {
  private static final Duration MIN_PUBLISH = Duration.ofSeconds(4);
  private static final int HOLD_INTERVALS = 12;

  /** Longer than anything lasts. */
  private static final Duration NEVER = Duration.ofDays(3650);

  /** For trouble of our own: nobody has to get up, so there is time to see how far it goes. */
  public static final Pace OURS =
      alike(Duration.ofMinutes(1), Duration.ofMinutes(1), DecisionRules.USUAL);

  /** Where nobody can be weighed against anybody all was waited for already. */
  public static Pace atOnce(DecisionRules rules) {
    return new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, false, rules.reopen());
  }

  /** For checks at this interval, where only few probes see it and it lasts. */
  public static Pace ofFew(Duration interval, DecisionRules rules) {
    Pace usual = of(interval, rules);
    Duration lasting = interval.multipliedBy(2);
    Duration alone = longer(usual.publish, lasting);
    return new Pace(usual.publish, alone, usual.hold, true, usual.reopen);
  }

  /** The same while it does not last: trouble of two paths at once can be chance. */
  public static Pace ofChance(Duration interval, DecisionRules rules) {
    Pace usual = of(interval, rules);
    return new Pace(usual.publish, NEVER, usual.hold, true, usual.reopen);
  }

  /** For checks at this interval: long enough for siblings, the cause and the final label. */
  public static Pace of(Duration interval, DecisionRules rules) {
    Duration least = shorter(MIN_PUBLISH, rules.publish());
    Duration publish = interval.multipliedBy(5).dividedBy(12);
    Duration brief = shorter(rules.hold(), interval.multipliedBy(HOLD_INTERVALS));
    return alike(
        longer(least, shorter(rules.publish(), publish)),
        longer(interval.multipliedBy(2), brief),
        rules);
  }

  private static Pace alike(Duration publish, Duration hold, DecisionRules rules) {
    return new Pace(publish, publish, hold, true, rules.reopen());
  }

  /** The slower of both in every way. */
  Pace or(Pace other) {
    return new Pace(
        longer(publish, other.publish),
        longer(publishAlone, other.publishAlone),
        longer(hold, other.hold),
        reopens || other.reopens,
        longer(reopen, other.reopen));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
