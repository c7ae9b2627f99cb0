package parallax.probe.bgp.bmp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.bgp.bmp.BmpMessage.Information;
import parallax.probe.bgp.bmp.BmpMessage.PeerDown;
import parallax.probe.bgp.bmp.BmpMessage.PeerUp;
import parallax.probe.bgp.bmp.BmpMessage.RouteMonitoring;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.route.RouteEvent;

/**
 * What one router has told since it connected, and what of it counts.
 *
 * <p>A router may tell the same route several times: as the peer sent it, as its own policy left
 * it, as it chose it, as it sends it on. Each route counts once, as the peer sent it where that is
 * told, since policy hides what is to be watched: it drops what is invalid, and more. So what is
 * told after policy counts for a peer and family of which nothing is told from before; the router's
 * own table (RFC 9069) counts, as a peer of its own, while it tells of no other; and what it sends
 * on (RFC 8671) never does, as that is what it says and not what it hears.
 *
 * <p>Peers whose session was not up are not told to be down: FRR says so of each when it connects.
 */
public final class RouterView implements UpdateContexts {
  private static final int MAX_NAME = 128;

  private final int maxPeers;
  private final Map<PeerKey, ReportedPeer> peers = new LinkedHashMap<>();
  private String name;
  private boolean settled;
  private boolean hearsPeers;
  private long broken;
  private long refused;

  /**
   * @param address of the router: its name, until it says another one
   * @param maxPeers that it may have; what others say is counted and passed over
   */
  public RouterView(String address, int maxPeers) {
    this.name = address;
    this.maxPeers = maxPeers;
  }

  /** What its peers have for a source: what the router says first, or its address. */
  public String name() {
    return name;
  }

  /** It is called so from now on, whatever it says. To be told before any of its peers is. */
  public void settle(String other) {
    name = other;
    settled = true;
  }

  /** Messages, or updates in them, that could not be read whole. */
  public long broken() {
    return broken;
  }

  /** Messages of peers that there was no room for. */
  public long refused() {
    return refused;
  }

  @Override
  public List<MessageContext> of(PeerHeader header) {
    ReportedPeer peer = peers.get(header.key());
    return peer == null ? UpdateContexts.UNKNOWN.of(header) : peer.contexts(header);
  }

  /** What follows from a message. */
  public List<RouteEvent> take(BmpMessage message, Instant received) {
    List<RouteEvent> events = new ArrayList<>();
    switch (message) {
      case BmpMessage.Initiation(var information) -> rename(information);
      case PeerUp up -> peer(up.peer()).ifPresent(peer -> up(peer, up, received, events));
      case PeerDown down -> down(down, received, events);
      case RouteMonitoring routes -> routes(routes, received, events);
      case BmpMessage.Damaged _ -> broken++;
      case BmpMessage.Termination _,
          BmpMessage.StatisticsReport _,
          BmpMessage.RouteMirroring _,
          BmpMessage.Unknown _ -> {}
    }
    settled = settled || !events.isEmpty();
    return events;
  }

  /** The connection ended: what there is to know of any peer is over. */
  public List<RouteEvent> end(Instant now) {
    List<RouteEvent> events = new ArrayList<>();
    for (ReportedPeer peer : peers.values()) {
      peer.down(now).ifPresent(events::add);
    }
    peers.clear();
    return events;
  }

  private void rename(List<Information> information) {
    for (Information one : information) {
      String text = one.text().strip();
      if (one.type() == Information.SYSTEM_NAME && !text.isEmpty() && !settled) {
        name = text.substring(0, Math.min(MAX_NAME, text.length()));
      }
    }
  }

  private Optional<ReportedPeer> peer(PeerHeader header) {
    ReportedPeer peer = peers.get(header.key());
    if (peer == null) {
      if (peers.size() >= maxPeers) {
        refused++;
        return Optional.empty();
      }
      peer = new ReportedPeer(name, header.key());
      peers.put(header.key(), peer);
    }
    peer.name(header.asn());
    return Optional.of(peer);
  }

  private void up(ReportedPeer peer, PeerUp up, Instant received, List<RouteEvent> events) {
    boolean counts = up.peer().view() != View.LOC_RIB || !hearsPeers;
    peer.up(up, up.peer().at().orElse(received)).filter(_ -> counts).ifPresent(events::add);
  }

  private void down(PeerDown down, Instant received, List<RouteEvent> events) {
    ReportedPeer peer = peers.get(down.peer().key());
    if (peer != null) {
      peer.down(down.peer().at().orElse(received)).ifPresent(events::add);
    }
  }

  private void routes(RouteMonitoring routes, Instant received, List<RouteEvent> events) {
    switch (routes.update()) {
      case Decoded.Broken _ -> broken++;
      case Decoded.Understood(Update update, var faults) -> {
        broken += faults.isEmpty() ? 0 : 1;
        View view = routes.peer().view();
        boolean routed = !update.announced().isEmpty() || !update.withdrawn().isEmpty();
        if (counts(view, routed, received, events)) {
          Instant at = routes.peer().at().orElse(received);
          peer(routes.peer()).ifPresent(peer -> peer.take(update, view, at, events));
        }
      }
      case Decoded.Understood _ -> broken++;
    }
  }

  /** Whether such a view counts at all; with the first route of a peer the own table is over. */
  private boolean counts(View view, boolean routed, Instant received, List<RouteEvent> events) {
    return switch (view) {
      case LOC_RIB -> !hearsPeers;
      case OUT_PRE_POLICY, OUT_POST_POLICY -> false;
      case PRE_POLICY, POST_POLICY -> {
        if (routed && !hearsPeers) {
          hearsPeers = true;
          for (ReportedPeer peer : peers.values()) {
            if (peer.key().type() == PeerKey.LOC_RIB) {
              peer.down(received).ifPresent(events::add);
            }
          }
        }
        yield true;
      }
    };
  }
}
