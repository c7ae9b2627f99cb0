package parallax.probe.bgp.session;

import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.route.RouteEvent;

/** What a session wants done, in this order. */
public sealed interface SessionEffect {
  /** Send this; never an update. */
  record Send(BgpMessage message) implements SessionEffect {}

  /** Tell what the neighbour said. */
  record Tell(RouteEvent event) implements SessionEffect {}

  /** The neighbour is alive. */
  record Alive() implements SessionEffect {}

  /** Something in an update was wrong; what can be kept of it is told (RFC 7606). */
  record Faulty(String reason) implements SessionEffect {}

  /** Close the connection; always the last. */
  record Close(String reason) implements SessionEffect {}
}
