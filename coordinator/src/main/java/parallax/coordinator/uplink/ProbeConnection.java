package parallax.coordinator.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.observation.Vantage;
import parallax.config.wire.ProbeFrame;

/**
 * A stream of a probe, as it is shown.
 *
 * @param address from where it came, without the port
 * @param credential the id of its token; empty: a client certificate
 * @param accepted the assignment it works by; empty: none yet
 * @param notSupported what it leaves out of that
 * @param clock how far its clock is ahead; empty: not measured yet
 * @param spool what waits at the probe; empty: it does not tell
 * @param drops what it never handed over in this run
 * @param heard when its last frame came
 */
public record ProbeConnection(
    Vantage vantage,
    long boot,
    String address,
    Optional<String> credential,
    Instant since,
    String software,
    Optional<Long> accepted,
    List<ProbeFrame.NotSupported> notSupported,
    Optional<Clock> clock,
    Optional<ProbeFrame.Spooled> spool,
    SortedMap<ProbeFrame.Dropped, Long> drops,
    Instant heard,
    State state) {
  /** What it is doing. */
  public enum State {
    /** It was not welcomed yet: another stream may speak for this probe. */
    WAITING,
    /** All is well. */
    OPEN,
    /** It was welcomed and is not read for a while, because too much came. */
    HELD_BACK
  }

  /**
   * Its clock (RFC 5905 section 8).
   *
   * @param ahead of this member's; negative: behind
   * @param roundTrip of the message by which that was measured; the error is at most half of it
   */
  public record Clock(Duration ahead, Duration roundTrip) {}
}
