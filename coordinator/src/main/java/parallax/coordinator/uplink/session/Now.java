package parallax.coordinator.uplink.session;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment.
 *
 * @param wall the time of day, which may jump: what comes is stamped with it
 * @param nanos of a clock that never jumps: whatever waits goes by it
 */
public record Now(Instant wall, long nanos) {
  /** How long ago a reading of the clock that never jumps was. */
  Duration since(long earlier) {
    return Duration.ofNanos(nanos - earlier);
  }
}
