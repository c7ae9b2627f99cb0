package parallax.probe.bgp.bmp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.bgp.bmp.BmpMessage.PeerUp;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;

/** One peer of a router: its session, and which view of its routes counts. */
final class ReportedPeer {
  private final PeerKey key;
  private final Map<Family, View> counted = new EnumMap<>(Family.class);
  private final Map<Family, Boolean> announced = new EnumMap<>(Family.class);
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

  /** Withdrawals first. */
  void take(Update update, View view, Instant at, List<RouteEvent> events) {
    List<RouteEvent> said = new ArrayList<>();
    for (Route route : update.withdrawn()) {
      if (counts(family(route), view, false, at, said)) {
        said.add(new RouteEvent.Withdrawn(at, peer, route.prefix(), route.pathId()));
      }
    }
    for (Announcement announcement : update.announced()) {
      for (Route route : announcement.routes()) {
        if (counts(family(route), view, true, at, said)) {
          said.add(
              new RouteEvent.Announced(
                  at, peer, route.prefix(), route.pathId(), announcement.attributes()));
        }
      }
    }
    // One is enough: gobgpd marks the end of the view after policy alone.
    update
        .endOfTable()
        .map(family -> new RouteEvent.EndOfTable(at, peer, family == Family.IPV6))
        .ifPresent(said::add);
    up = up || !said.isEmpty();
    events.addAll(said);
  }

  private static Family family(Route route) {
    return route.prefix().ipv6() ? Family.IPV6 : Family.IPV4;
  }

  /**
   * Whether this view counts for the family, which it does from now on when it is a better one.
   * What the worse one said is then set aside by telling the session anew, if that loses nothing of
   * the other family; else the better one takes over with its first announcement. Otherwise the
   * withdrawals with which FRR without soft reconfiguration reports announcements would look like
   * an outage.
   */
  private boolean counts(
      Family family, View view, boolean announces, Instant at, List<RouteEvent> said) {
    View before = counted.getOrDefault(family, view);
    boolean better = before == View.POST_POLICY && view == View.PRE_POLICY;
    if (before != view && !better) {
      return false;
    }
    if (better) {
      Family other = family == Family.IPV4 ? Family.IPV6 : Family.IPV4;
      boolean alone = !announced.getOrDefault(other, false);
      if (!alone && !announces) {
        return false;
      }
      if (alone && announced.getOrDefault(family, false)) {
        announced.clear();
        said.add(new RouteEvent.PeerUp(at, peer));
      }
    }
    counted.put(family, view);
    announced.merge(family, announces, Boolean::logicalOr);
    return true;
  }
}
