package parallax.probe.uplink.wire;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import parallax.config.wire.CoordinatorFrame.Refused;

/** What happens to a stream. Nothing follows {@link Ended}. */
public sealed interface LineEvent {
  /** It stands. */
  record Opened() implements LineEvent {}

  /**
   * A message came.
   *
   * @param at by the probe's clock
   */
  record Came(Buffer frame, Instant at) implements LineEvent {}

  /** Something came that is no frame: a text, or more than fits. */
  record Improper(String words) implements LineEvent {}

  /** A frame with observations went to the network, or there is room for more. */
  record Written(boolean observations) implements LineEvent {}

  /** It could not be made, or has ended. */
  record Ended(Refused.Why why, String words) implements LineEvent {}
}
