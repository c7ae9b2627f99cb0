package parallax.config.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long each phase of a check took. A phase that was not reached is absent; over several hops
 * (redirects) the phases of all hops are added up. Immutable. Made several times a check and kept
 * for each look, so it is an array inside.
 */
public final class Timings {
  private static final Phase[] PHASES = Phase.values();
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final long ABSENT = -1;

  public static final Timings NONE = new Timings(Map.of());

  /** Nanoseconds, by phase. */
  private final long[] nanos;

  private Timings(long[] nanos) {
    this.nanos = nanos;
  }

  /**
   * These phases.
   *
   * @param phases each takes 292 years at most, longer ones count as that
   * @throws IllegalArgumentException if one is negative
   */
  public Timings(Map<Phase, Duration> phases) {
    nanos = new long[PHASES.length];
    Arrays.fill(nanos, ABSENT);
    phases.forEach((phase, time) -> nanos[place(phase)] = checked(phase, time));
  }

  @SuppressWarnings("EnumOrdinal") // as EnumMap does: it never leaves this object
  private static int place(Phase phase) {
    return phase.ordinal();
  }

  private static long checked(Phase phase, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("negative time for " + phase + ": " + time);
    }
    return time.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : time.toNanos();
  }

  /** All that were reached, in their order. */
  public Map<Phase, Duration> phases() {
    EnumMap<Phase, Duration> all = new EnumMap<>(Phase.class);
    for (Phase phase : PHASES) {
      of(phase).ifPresent(time -> all.put(phase, time));
    }
    return Collections.unmodifiableMap(all);
  }

  /** The time of one phase, if it was reached. */
  public Optional<Duration> of(Phase phase) {
    long time = nanos[place(phase)];
    return time == ABSENT ? Optional.empty() : Optional.of(Duration.ofNanos(time));
  }

  /**
   * These timings with {@code time} added to {@code phase}.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Timings plus(Phase phase, Duration time) {
    long[] sum = nanos.clone();
    sum[place(phase)] = added(Math.max(0, sum[place(phase)]), checked(phase, time));
    return new Timings(sum);
  }

  /** The sum of all phases. */
  public Duration total() {
    long sum = 0;
    for (long time : nanos) {
      sum = added(sum, Math.max(0, time));
    }
    return Duration.ofNanos(sum);
  }

  /** Of two that are not negative; what would be too long is as long as can be. */
  private static long added(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timings that && Arrays.equals(nanos, that.nanos);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nanos);
  }

  @Override
  public String toString() {
    return "Timings" + phases();
  }
}
