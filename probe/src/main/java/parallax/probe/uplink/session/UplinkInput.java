package parallax.probe.uplink.session;

import java.time.Instant;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;

/** What happens to an uplink. What an earlier stream still had to say is never told. */
public sealed interface UplinkInput {
  /** Time goes on. */
  record Tick() implements UplinkInput {}

  /** The stream stands: nothing was said yet. */
  record Connected() implements UplinkInput {}

  /**
   * No stream could be made, or it has ended.
   *
   * @param why what a refusal before the stream stood comes to; UNSPECIFIED for all that the
   *     network does
   */
  record Lost(Refused.Why why, String words) implements UplinkInput {}

  /**
   * A frame came.
   *
   * @param bytes its size
   * @param at by the probe's clock
   */
  record Came(CoordinatorFrame frame, int bytes, Instant at) implements UplinkInput {}

  /** A frame of a kind that this version does not know. */
  record Newer() implements UplinkInput {}

  /** What came is no frame. */
  record Unreadable(String words) implements UplinkInput {}

  /**
   * Observations of a run were written to the stream: every number from {@code first} to {@code
   * last}. A frame with gaps between its numbers is told as several, for an ack may be for any of
   * them.
   */
  record Sent(long boot, long first, long last) implements UplinkInput {
    public int count() {
      return Math.toIntExact(last - first + 1);
    }
  }

  /** There are other credentials than before. */
  record NewCredentials() implements UplinkInput {}

  /** The probe ends: what it has seen is still handed over. */
  record Stop() implements UplinkInput {}

  /** All new observations were sent. */
  record Drained() implements UplinkInput {}

  /** The probe ends now. */
  record Halt() implements UplinkInput {}
}
