package parallax.probe.bgp.rislive;

import java.util.List;
import parallax.probe.bgp.route.RouteEvent;

/** What is to be done, in this order. */
sealed interface Effect {
  /** Send this frame. */
  record Send(String frame) implements Effect {}

  /** Tell the listener what peers said. */
  record Hear(List<RouteEvent> events) implements Effect {}

  /** Tell the listener that a collector is alive. */
  record Alive(String collector) implements Effect {}

  /** End the connection, for this reason. */
  record Close(String reason) implements Effect {}
}
