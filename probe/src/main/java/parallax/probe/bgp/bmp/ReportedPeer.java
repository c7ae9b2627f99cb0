package parallax.probe.bgp.bmp;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.probe.bgp.bmp.BmpMessage.PeerUp;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.UpdateEvents;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

/** One peer of a router: its session, and which view of its routes counts. */
final class ReportedPeer {
  private final PeerKey key;
  private final Map<Family, View> counted = new EnumMap<>(Family.class);
  private final Set<Family> announced = EnumSet.noneOf(Family.class);
  private Optional<PeerUp> session = Optional.empty();
  private Peer peer;
  private boolean up;

  ReportedPeer(String router, PeerKey key) {
    this.key = key;
    this.peer = new Peer(router, key.toString(), 0);
  }

  PeerKey key() {
    return key;
  }

  /** Its number, which some messages leave out. */
  void name(long asn) {
    if (asn != 0 && asn != peer.asn()) {
      peer = new Peer(peer.source(), peer.address(), asn);
    }
  }

  /** A session, unless it is the one that is up: some routers tell it once for each view. */
  Optional<RouteEvent> up(PeerUp told, Instant at) {
    boolean same =
        up
            && session
                .filter(
                    known ->
                        known.link().equals(told.link())
                            && known.sent().equals(told.sent())
                            && known.received().equals(told.received()))
                .isPresent();
    session = Optional.of(told);
    name(told.received().asn());
    if (same) {
      return Optional.empty();
    }
    up = true;
    counted.clear();
    announced.clear();
    return Optional.of(new RouteEvent.PeerUp(at, peer));
  }

  Optional<RouteEvent> down(Instant at) {
    boolean was = up;
    up = false;
    session = Optional.empty();
    counted.clear();
    announced.clear();
    return was ? Optional.of(new RouteEvent.PeerDown(at, peer)) : Optional.empty();
  }

  /** Those of what was agreed, and of the other size of numbers where the header disagrees. */
  List<MessageContext> contexts(PeerHeader header) {
    if (session.isEmpty()) {
      return UpdateContexts.UNKNOWN.of(header);
    }
    PeerUp known = session.get();
    MessageContext agreed =
        switch (header.view()) {
          case PRE_POLICY, POST_POLICY -> MessageContext.negotiated(known.received(), known.sent());
          case OUT_PRE_POLICY, OUT_POST_POLICY ->
              MessageContext.negotiated(known.sent(), known.received());
          case LOC_RIB -> own(known.sent());
        };
    boolean wide = !header.legacyPaths();
    MessageContext likeliest = sized(wide, agreed);
    return agreed.fourByteAs() == wide
        ? List.of(likeliest)
        : List.of(likeliest, sized(!wide, agreed));
  }

  /** The router's own table is told as its made up OPEN says (RFC 9069 section 4.1). */
  private static MessageContext own(Open open) {
    Capabilities can = open.capabilities();
    return new MessageContext(
        true, paths(can, Family.IPV4), paths(can, Family.IPV6), can.extendedMessage());
  }

  private static boolean paths(Capabilities can, Family family) {
    return can.sendsPaths().contains(family) || can.receivesPaths().contains(family);
  }

  private static MessageContext sized(boolean fourByteAs, MessageContext agreed) {
    return new MessageContext(fourByteAs, agreed.pathsIpv4(), agreed.pathsIpv6(), true);
  }

  /** What an update says, as far as this view of it counts. */
  void take(Update update, View view, Instant at, List<RouteEvent> events) {
    int before = events.size();
    UpdateEvents.tell(
        update,
        at,
        peer,
        event -> {
          boolean counts =
              switch (event) {
                case RouteEvent.Withdrawn gone -> counts(gone.prefix(), false, view, at, events);
                case RouteEvent.Announced come -> counts(come.prefix(), true, view, at, events);
                // One is enough: gobgpd marks the end of the view after policy alone.
                case RouteEvent.EndOfTable _,
                    RouteEvent.Listed _,
                    RouteEvent.PeerUp _,
                    RouteEvent.PeerDown _ ->
                    true;
              };
          if (counts) {
            events.add(event);
          }
        });
    up = up || events.size() > before;
  }

  /**
   * Whether this view counts for the family, which it does from now on when it is a better one.
   * What the worse one said is then set aside by telling the session anew, if that loses nothing of
   * the other family; else the better one takes over with its first announcement. Otherwise the
   * withdrawals with which FRR without soft reconfiguration reports announcements would look like
   * an outage.
   */
  private boolean counts(
      Cidr prefix, boolean announces, View view, Instant at, List<RouteEvent> events) {
    Family family = prefix.ipv6() ? Family.IPV6 : Family.IPV4;
    View before = counted.getOrDefault(family, view);
    boolean better = before == View.POST_POLICY && view == View.PRE_POLICY;
    if (before != view && !better) {
      return false;
    }
    if (better) {
      boolean alone = !announced.contains(family == Family.IPV4 ? Family.IPV6 : Family.IPV4);
      if (!alone && !announces) {
        return false;
      }
      if (alone && announced.contains(family)) {
        announced.clear();
        events.add(new RouteEvent.PeerUp(at, peer));
      }
    }
    counted.put(family, view);
    if (announces) {
      announced.add(family);
    }
    return true;
  }
}
