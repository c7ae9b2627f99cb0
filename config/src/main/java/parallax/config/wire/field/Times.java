package parallax.config.wire.field;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.uplink.v1.Observed;

/** Instants and durations. */
public final class Times {
  /** The instants that can be written; others become the nearer of the two. */
  public static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final int MAX_NANOS = 999_999_999;
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration SHORTEST = Duration.ofNanos(-Long.MAX_VALUE);

  private Times() {}

  public static Observed.Moment write(Instant instant) {
    Instant written = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    return Observed.Moment.newBuilder()
        .setSeconds(written.getEpochSecond())
        .setNanos(written.getNano())
        .build();
  }

  public static Instant read(String field, Observed.Moment moment) {
    int nanos = Bounds.number(field, moment.getNanos(), MAX_NANOS);
    long seconds = moment.getSeconds();
    if (seconds < FIRST.getEpochSecond() || seconds > LAST.getEpochSecond()) {
      throw new WireFault(Fault.INVALID, field + " is beyond the years 1 to 9999");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** As {@link #read}, for an instant that need not be there. */
  public static Optional<Instant> readIf(boolean set, String field, Observed.Moment moment) {
    return set ? Optional.of(read(field, moment)) : Optional.empty();
  }

  /** In nanoseconds; what is longer than 292 years becomes that. */
  public static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0
        ? Long.MAX_VALUE
        : duration.compareTo(SHORTEST) < 0 ? -Long.MAX_VALUE : duration.toNanos();
  }

  /** A duration that is not negative. */
  public static Duration duration(String field, long nanos) {
    return Duration.ofNanos(Bounds.count(field, nanos));
  }
}
