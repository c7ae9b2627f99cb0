package parallax.probe.check;

import java.time.Duration;

/** The instant, on a monotonic clock, at which a check must have ended. */
public final class Deadline {
  private final NanoSource clock;
  private final long startedNanos;
  private final long endsNanos;

  private Deadline(NanoSource clock, long startedNanos, long endsNanos) {
    this.clock = clock;
    this.startedNanos = startedNanos;
    this.endsNanos = endsNanos;
  }

  /** Starts now and ends after {@code timeout}. */
  public static Deadline startingNow(NanoSource clock, Duration timeout) {
    long now = clock.nanos();
    return new Deadline(clock, now, now + timeout.toNanos());
  }

  /** A deadline for a part: ends after {@code timeout}, but never later than this one. */
  public Deadline part(Duration timeout) {
    long now = clock.nanos();
    long wanted = now + timeout.toNanos();
    return new Deadline(clock, now, wanted - endsNanos < 0 ? wanted : endsNanos);
  }

  /** The time left; zero when it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, endsNanos - clock.nanos()));
  }

  public boolean hasPassed() {
    return endsNanos - clock.nanos() <= 0;
  }

  /** The time since it passed; zero until then. */
  public Duration late() {
    return Duration.ofNanos(Math.max(0, clock.nanos() - endsNanos));
  }

  /** The time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(clock.nanos() - startedNanos);
  }

  /** The clock this deadline is measured by. */
  public NanoSource clock() {
    return clock;
  }
}
