package parallax.probe.bgp.mrt;

import java.time.Instant;
import java.util.Optional;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Decoded.Broken;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.message.read.MessageReader;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.route.RouteEvent.Transition;

/**
 * Messages and changes of sessions: BGP4MP and BGP4MP_ET (RFC 6396 section 4.4, RFC 8050). What the
 * collector itself sent (the LOCAL subtypes) is said of the collector as the peer.
 */
final class MessageRecords {
  private static final int STATE_CHANGE = 0;
  private static final int MESSAGE = 1;
  private static final int MESSAGE_AS4 = 4;
  private static final int STATE_CHANGE_AS4 = 5;
  private static final int MESSAGE_LOCAL = 6;
  private static final int MESSAGE_AS4_LOCAL = 7;
  private static final int MESSAGE_PATHS = 8;
  private static final int MESSAGE_AS4_PATHS = 9;
  private static final int MESSAGE_LOCAL_PATHS = 10;
  private static final int MESSAGE_AS4_LOCAL_PATHS = 11;

  private static final int STATE_BYTES = 4;

  private final Peers peers;

  MessageRecords(Peers peers) {
    this.peers = peers;
  }

  /** Whether such records are read, not skipped. */
  static boolean reads(int subtype) {
    return subtype == STATE_CHANGE
        || subtype == MESSAGE
        || (subtype >= MESSAGE_AS4 && subtype <= MESSAGE_AS4_LOCAL_PATHS);
  }

  void read(int subtype, Instant at, RecordBody body) {
    Cursor cursor = body.cursor();
    boolean fourByteAs =
        switch (subtype) {
          case MESSAGE_AS4, STATE_CHANGE_AS4, MESSAGE_AS4_LOCAL -> true;
          case MESSAGE_AS4_PATHS, MESSAGE_AS4_LOCAL_PATHS -> true;
          default -> false;
        };
    int asBytes = fourByteAs ? Integer.BYTES : Short.BYTES;
    if (!body.has(2 * asBytes + 2 * Short.BYTES)) {
      return;
    }
    long peerAs = fourByteAs ? cursor.u32() : cursor.u16();
    long localAs = fourByteAs ? cursor.u32() : cursor.u16();
    cursor.skip(Short.BYTES);
    int start = cursor.offset();
    int afi = cursor.u16();
    Optional<Family> family = Family.of(afi, Family.UNICAST);
    if (family.isEmpty()) {
      body.problem(start, "addresses of family " + afi);
      return;
    }
    if (!body.has(2 * Peers.addressBytes(family.get()))) {
      return;
    }
    Peer peer = peers.get(Peers.address(cursor, family.get()), peerAs);
    Peer local = peers.get(Peers.address(cursor, family.get()), localAs);
    switch (subtype) {
      case STATE_CHANGE, STATE_CHANGE_AS4 -> state(at, peer, body);
      case MESSAGE_LOCAL, MESSAGE_AS4_LOCAL, MESSAGE_LOCAL_PATHS, MESSAGE_AS4_LOCAL_PATHS ->
          message(at, local, body, context(subtype, fourByteAs));
      default -> message(at, peer, body, context(subtype, fourByteAs));
    }
  }

  private static MessageContext context(int subtype, boolean fourByteAs) {
    return MessageContext.stored(fourByteAs, subtype >= MESSAGE_PATHS);
  }

  static void state(Instant at, Peer peer, RecordBody body) {
    Cursor cursor = body.cursor();
    if (!body.has(STATE_BYTES)) {
      return;
    }
    Transition transition = new Transition(cursor.u16(), cursor.u16());
    body.events()
        .accept(
            transition.after() == Transition.ESTABLISHED
                ? new RouteEvent.PeerUp(at, peer, transition)
                : new RouteEvent.PeerDown(at, peer, transition));
    body.judgeRest();
  }

  private static void message(Instant at, Peer peer, RecordBody body, MessageContext context) {
    emit(at, peer, MessageReader.read(body.cursor(), context), body);
  }

  /** The events of an update, withdrawals first. */
  static void emit(Instant at, Peer peer, Decoded decoded, RecordBody body) {
    switch (decoded) {
      case Broken(var fault) -> body.problem(fault.offset(), fault.reason());
      case Understood(BgpMessage message, var faults) -> {
        faults.forEach(fault -> body.problem(fault.offset(), fault.reason()));
        if (message instanceof Update update) {
          emit(at, peer, update, body);
        }
        body.judgeRest();
      }
    }
  }

  private static void emit(Instant at, Peer peer, Update update, RecordBody body) {
    for (Route route : update.withdrawn()) {
      body.events().accept(new RouteEvent.Withdrawn(at, peer, route.prefix(), route.pathId()));
    }
    for (Announcement announcement : update.announced()) {
      for (Route route : announcement.routes()) {
        body.events()
            .accept(
                new RouteEvent.Announced(
                    at, peer, route.prefix(), route.pathId(), announcement.attributes()));
      }
    }
    update
        .endOfTable()
        .map(family -> new RouteEvent.EndOfTable(at, peer, family == Family.IPV6))
        .ifPresent(body.events());
  }
}
