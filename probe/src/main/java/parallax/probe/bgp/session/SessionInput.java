package parallax.probe.bgp.session;

import java.time.Duration;
import parallax.probe.bgp.message.Decoded;

/** What happens to a session. */
public sealed interface SessionInput {
  /** A message came. */
  record Came(Decoded message) implements SessionInput {}

  /** Time goes on. */
  record Tick() implements SessionInput {}

  /** For so long we did not read ourselves, which is not the neighbour's silence. */
  record HeldUp(Duration time) implements SessionInput {}

  /** The neighbour closed the connection, or the network did. */
  record Lost(String reason) implements SessionInput {}

  /** We end it. */
  record Stop() implements SessionInput {}
}
