package parallax.probe.registration.courtesy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When one domain was asked about.
 *
 * @param asked last
 * @param failures lookups in a row that brought no knowledge
 * @param ladder since when the delegation is broken, while the steps below last
 * @param step the one of {@link #LADDER} that comes next
 */
public record DomainManners(Instant asked, int failures, Optional<Instant> ladder, int step) {
  static final Duration FLOOR = Duration.ofHours(1);
  static final Duration LONGEST = Duration.ofHours(24);

  /** Waits before each lookup of a domain whose delegation has just broken. */
  static final List<Duration> LADDER =
      List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(60));

  /** A delegation that breaks, mends and breaks again within this time is one break. */
  static final Duration ONE_BREAK = Duration.ofHours(6);

  private static final int MAX_DOUBLINGS = 16;

  static final DomainManners NEW = new DomainManners(Instant.MIN, 0, Optional.empty(), 0);

  /** The same with a break that is seen, or over. */
  DomainManners seen(boolean broken, Instant now) {
    boolean over = ladder.filter(began -> !began.plus(ONE_BREAK).isAfter(now)).isPresent();
    if (broken) {
      return ladder.isEmpty() ? new DomainManners(asked, failures, Optional.of(now), 0) : this;
    }
    return over ? new DomainManners(asked, failures, Optional.empty(), 0) : this;
  }

  /** When it may be asked about again. */
  Instant mayBeAsked(boolean broken) {
    if (asked.equals(Instant.MIN)) {
      return Instant.MIN;
    }
    if (broken && step < LADDER.size()) {
      return asked.plus(LADDER.get(step));
    }
    Duration backOff =
        failures <= 1 ? FLOOR : FLOOR.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return asked.plus(backOff.compareTo(LONGEST) > 0 ? LONGEST : backOff);
  }

  DomainManners asked(boolean broken, Instant now) {
    return new DomainManners(
        now, failures, ladder, broken ? Math.min(step + 1, LADDER.size()) : step);
  }

  DomainManners learnt(boolean something) {
    return new DomainManners(asked, something ? 0 : failures + 1, ladder, step);
  }
}
