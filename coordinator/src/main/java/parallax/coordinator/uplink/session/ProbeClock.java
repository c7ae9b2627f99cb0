package parallax.coordinator.uplink.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a probe's clock is ahead, by pings (RFC 5905 section 8): of the last {@link #KEPT} the
 * one with the shortest round trip, for the error is at most half of that. A measurement that
 * cannot be true together with an older one means that a clock was set: the older one is forgotten.
 * Immutable.
 *
 * @param samples newest first
 */
public record ProbeClock(List<Sample> samples) {
  /** Measurements that are remembered. */
  static final int KEPT = 8;

  static final ProbeClock UNKNOWN = new ProbeClock(List.of());

  public ProbeClock {
    samples = List.copyOf(samples);
  }

  /**
   * One measurement.
   *
   * @param ahead of ours; negative: behind
   * @param roundTrip without the time that the answer took the probe
   */
  public record Sample(Duration ahead, Duration roundTrip) {
    /**
     * From the four readings.
     *
     * @param sent ours, of the ping
     * @param elapsed from there to the arrival of the answer, by a clock that never jumps
     * @param received the probe's, of the ping
     * @param answered the probe's, of the answer
     */
    static Sample of(Instant sent, Duration elapsed, Instant received, Instant answered) {
      Duration there = Duration.between(received, answered);
      Duration atProbe = there.isNegative() ? Duration.ZERO : there;
      Duration roundTrip = elapsed.minus(atProbe);
      Instant arrived = sent.plus(elapsed);
      Duration ahead =
          Duration.between(sent, received).plus(Duration.between(arrived, answered)).dividedBy(2);
      return new Sample(ahead, roundTrip.isNegative() ? Duration.ZERO : roundTrip);
    }

    /**
     * How far ahead the clock is at least, in either direction: nothing, where that may be true.
     * Most clocks are right, and a measurement that took long says little.
     */
    Duration certain() {
      Duration beyond = ahead.abs().minus(roundTrip.dividedBy(2));
      return beyond.isNegative() ? Duration.ZERO : ahead.isNegative() ? beyond.negated() : beyond;
    }

    private boolean agreesWith(Sample other) {
      Duration apart = ahead.minus(other.ahead).abs();
      Duration error = roundTrip.plus(other.roundTrip).dividedBy(2);
      return apart.compareTo(error.plus(DRIFT)) <= 0;
    }
  }

  /** What two good clocks may part within the time that is remembered. */
  private static final Duration DRIFT = Duration.ofMillis(20);

  ProbeClock with(Sample sample) {
    List<Sample> kept = new ArrayList<>();
    kept.add(sample);
    samples.stream().filter(sample::agreesWith).limit(KEPT - 1L).forEach(kept::add);
    return new ProbeClock(kept);
  }

  /** The best measurement; empty: there is none. */
  public Optional<Sample> best() {
    return samples.stream().min(Comparator.comparing(Sample::roundTrip));
  }

  /** Whether the clock is certainly off by more than {@code limit}. */
  boolean isOffBy(Duration limit) {
    return best().map(best -> best.certain().abs().compareTo(limit) > 0).orElse(false);
  }
}
