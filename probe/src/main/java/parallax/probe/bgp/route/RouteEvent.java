package parallax.probe.bgp.route;

import java.time.Instant;
import parallax.probe.net.Cidr;

/**
 * One thing that a peer, or the source that listens to it, said. Events of one source come in the
 * order in which it sent them; {@code at} is what the source says and may be wrong.
 */
public sealed interface RouteEvent {
  Instant at();

  Peer peer();

  /**
   * The peer has this route now, in place of what it had under the same prefix and path identifier.
   *
   * @param pathId the path identifier (RFC 7911 section 3); 0 without one
   */
  record Announced(Instant at, Peer peer, Cidr prefix, long pathId, PathAttributes attributes)
      implements RouteEvent {}

  /** The peer has no route to this prefix, under this path identifier, any more. */
  record Withdrawn(Instant at, Peer peer, Cidr prefix, long pathId) implements RouteEvent {}

  /** The peer had this route when its table was written down. */
  record Listed(Instant at, Peer peer, Cidr prefix, long pathId, PathAttributes attributes)
      implements RouteEvent {}

  /** The session with the peer is up; its table follows. */
  record PeerUp(Instant at, Peer peer, Transition transition) implements RouteEvent {
    public PeerUp(Instant at, Peer peer) {
      this(at, peer, Transition.UNTOLD);
    }
  }

  /**
   * The session is down: nothing is known of its table until it is up. No withdrawal. Comes also
   * for a session that was not up before.
   */
  record PeerDown(Instant at, Peer peer, Transition transition) implements RouteEvent {
    public PeerDown(Instant at, Peer peer) {
      this(at, peer, Transition.UNTOLD);
    }
  }

  /**
   * States of the session by the numbers of RFC 6396 section 4.4.1: 1 Idle to 6 Established, others
   * of their own making (7 and 8 by Quagga), 0 where the source does not tell.
   */
  record Transition(int before, int after) {
    public static final Transition UNTOLD = new Transition(0, 0);
    public static final int ESTABLISHED = 6;
  }

  /** The peer has told its whole table of one family (RFC 4724 section 2). */
  record EndOfTable(Instant at, Peer peer, boolean ipv6) implements RouteEvent {}
}
