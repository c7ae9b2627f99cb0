package parallax.probe.bgp.rislive.message;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Malformed;
import parallax.probe.bgp.route.Communities;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.PathAttributes.Preference;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

/**
 * The events of an update: those of the message itself where it came along and can be read, as only
 * it has all communities; else those that are spelt out. Withdrawals first.
 */
final class UpdateEvents {
  private static final byte[] NO_BYTES = {};

  private final Instant at;
  private final Peer peer;
  private final List<RouteEvent> events = new ArrayList<>(2);

  private UpdateEvents(Instant at, Peer peer) {
    this.at = at;
    this.peer = peer;
  }

  static RisLiveMessage of(MessageFields fields, Instant at, Peer peer) {
    UpdateEvents update = new UpdateEvents(at, peer);
    if (!fields.raw.isEmpty()) {
      Optional<RawUpdate.Found> raw = RawUpdate.read(fields);
      if (raw.isPresent()) {
        update.add(raw.get().update());
        return new Heard(peer, at, update.events, raw.get().faults());
      }
      fields.passedOver++;
    }
    if (!fields.hasRoutes) {
      return new Malformed("an update without routes");
    }
    if (!fields.announced.isEmpty() && !fields.hasPath) {
      return new Malformed("announcements without a path");
    }
    update.add(fields);
    return new Heard(peer, at, update.events, fields.passedOver);
  }

  private void add(Update update) {
    for (Route route : update.withdrawn()) {
      events.add(new RouteEvent.Withdrawn(at, peer, route.prefix(), route.pathId()));
    }
    for (Announcement announcement : update.announced()) {
      PathAttributes attributes = announcement.attributes();
      for (Route route : announcement.routes()) {
        events.add(new RouteEvent.Announced(at, peer, route.prefix(), route.pathId(), attributes));
      }
    }
    if (update.endOfTable().isPresent()) {
      boolean ipv6 = update.endOfTable().get() == Family.IPV6;
      events.add(new RouteEvent.EndOfTable(at, peer, ipv6));
    }
  }

  private void add(MessageFields fields) {
    for (Cidr prefix : fields.withdrawn) {
      events.add(new RouteEvent.Withdrawn(at, peer, prefix, 0));
    }
    // IPv6 routes come twice where the next hop has a global and a link-local address.
    Map<Cidr, PathAttributes> announced = new LinkedHashMap<>();
    PathAttributes common = attributes(fields);
    for (MessageFields.Reach reach : fields.announced) {
      PathAttributes attributes = by(common, nextHop(reach.nextHop()));
      for (Cidr prefix : reach.prefixes()) {
        announced.merge(prefix, attributes, UpdateEvents::better);
      }
    }
    announced.forEach(
        (prefix, attributes) ->
            events.add(new RouteEvent.Announced(at, peer, prefix, 0, attributes)));
  }

  private static PathAttributes better(PathAttributes before, PathAttributes after) {
    boolean global = before.nextHop().filter(hop -> !AddressReader.linkLocal(hop)).isPresent();
    return global || after.nextHop().isEmpty() ? before : after;
  }

  /** The global one of those between commas; else the first. */
  private static Optional<IpAddress> nextHop(String text) {
    int comma = text.indexOf(',');
    Optional<IpAddress> first =
        AddressReader.address(text.substring(0, comma < 0 ? text.length() : comma));
    boolean other = comma >= 0 && first.filter(hop -> !AddressReader.linkLocal(hop)).isEmpty();
    return other ? AddressReader.address(text.substring(comma + 1)).or(() -> first) : first;
  }

  private static PathAttributes by(PathAttributes common, Optional<IpAddress> nextHop) {
    return new PathAttributes(
        common.origin(),
        common.path(),
        nextHop,
        common.communities(),
        common.onlyToCustomer(),
        common.preference());
  }

  private static PathAttributes attributes(MessageFields fields) {
    OptionalLong med = FieldText.asn(fields.med);
    Preference preference =
        fields.med.isEmpty() && fields.aggregator.isEmpty()
            ? Preference.NONE
            : new Preference(
                Optional.empty(),
                med.isPresent() ? Optional.of(med.getAsLong()) : Optional.empty(),
                false,
                FieldText.aggregator(fields.aggregator));
    return new PathAttributes(
        FieldText.origin(fields.origin),
        fields.path,
        Optional.empty(),
        communities(fields.communities),
        Optional.empty(),
        preference);
  }

  private static Communities communities(List<Integer> halves) {
    if (halves.isEmpty()) {
      return Communities.NONE;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * halves.size());
    for (int half : halves) {
      bytes.write(half >>> Byte.SIZE);
      bytes.write(half);
    }
    return Communities.of(bytes.toByteArray(), NO_BYTES, NO_BYTES, NO_BYTES);
  }
}
