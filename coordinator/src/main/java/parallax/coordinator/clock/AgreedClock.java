package parallax.coordinator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that most coordinators' clocks show. In between it goes on by a clock that nobody can
 * set, so that a wall clock that is set, or is wrong from the start, is outvoted: it makes nothing
 * look old that is new. A coordinator that is alone follows its own wall clock.
 *
 * <p>Small differences are made up for little by little, large ones at once when two votes in a row
 * say the same. It may go back by that much. Thread-safe.
 */
public final class AgreedClock implements InstantSource {
  /** The most that one vote changes, as long as the difference is small. */
  static final Duration STEP = Duration.ofMillis(5);

  private static final Logger LOG = LoggerFactory.getLogger(AgreedClock.class);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile Base base;
  private Duration wanted = Duration.ZERO;
  private boolean outvoted;

  /** What time it was when the other clock showed {@code nanos}. */
  private record Base(Instant at, long nanos) {}

  /**
   * A clock that begins with what the own wall clock shows.
   *
   * @param nanos that never goes back
   */
  public AgreedClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.base = new Base(wall.instant(), nanos.getAsLong());
  }

  @Override
  public Instant instant() {
    Base now = base;
    return now.at().plusNanos(nanos.getAsLong() - now.nanos());
  }

  /** What the own wall clock shows, right or wrong: its vote, when others ask. */
  public InstantSource own() {
    return wall;
  }

  /** How far the own wall clock is ahead of the time that is agreed upon. */
  public Duration ahead() {
    return Duration.between(instant(), wall.instant());
  }

  /**
   * Counts votes.
   *
   * @param others how far the clocks of others are ahead of {@link #instant}
   */
  public synchronized void vote(List<Duration> others) {
    Duration own = ahead();
    List<Duration> all = new ArrayList<>(others);
    all.add(own);
    Duration correction = ClockVote.correction(all);
    boolean large = !ClockVote.near(correction, Duration.ZERO);
    if (!large) {
      shift(clamped(correction));
    } else if (ClockVote.near(correction, wanted)) {
      shift(correction);
      LOG.warn(
          "clock=corrected by_ms={} why=\"{}\"",
          correction.toMillis(),
          others.isEmpty() ? "the clock of this machine was set" : "most coordinators agree on it");
      wanted = Duration.ZERO;
    } else {
      wanted = correction;
    }
    tell(large ? own.minus(correction) : own);
  }

  private static Duration clamped(Duration by) {
    if (by.abs().compareTo(STEP) <= 0) {
      return by;
    }
    return by.isNegative() ? STEP.negated() : STEP;
  }

  private void shift(Duration by) {
    if (!by.isZero()) {
      long now = nanos.getAsLong();
      base = new Base(base.at().plusNanos(now - base.nanos()).plus(by), now);
    }
  }

  /** To be said once, when it begins and when it is over. */
  private void tell(Duration off) {
    boolean wrong = !ClockVote.near(off, Duration.ZERO);
    if (wrong && !outvoted) {
      LOG.warn(
          "clock=wrong ahead_ms={} why=\"others agree on another time, which is used\"",
          off.toMillis());
    } else if (!wrong && outvoted) {
      LOG.info("clock=right_again");
    }
    outvoted = wrong;
  }
}
