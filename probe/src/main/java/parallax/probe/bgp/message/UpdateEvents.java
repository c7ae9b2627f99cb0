package parallax.probe.bgp.message;

import java.time.Instant;
import java.util.function.Consumer;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;

/** What an update says, one route at a time. */
public final class UpdateEvents {
  private UpdateEvents() {}

  /** Tells withdrawals first, then announcements, then that the table is complete. */
  public static void tell(Update update, Instant at, Peer peer, Consumer<RouteEvent> events) {
    for (Route route : update.withdrawn()) {
      events.accept(new RouteEvent.Withdrawn(at, peer, route.prefix(), route.pathId()));
    }
    for (Announcement announcement : update.announced()) {
      for (Route route : announcement.routes()) {
        events.accept(
            new RouteEvent.Announced(
                at, peer, route.prefix(), route.pathId(), announcement.attributes()));
      }
    }
    update
        .endOfTable()
        .map(family -> new RouteEvent.EndOfTable(at, peer, family == Family.IPV6))
        .ifPresent(events);
  }
}
