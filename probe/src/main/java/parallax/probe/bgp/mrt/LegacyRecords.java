package parallax.probe.bgp.mrt;

import java.time.Instant;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.TableEntry;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.message.read.MessageReader;
import parallax.probe.bgp.message.read.PrefixReader;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.IpAddress;

/**
 * What archives of before 2003 hold: BGP (type 5, RFC 6396 appendix B.2) and TABLE_DUMP (type 12,
 * RFC 6396 section 4.2), all with numbers of two bytes.
 */
final class LegacyRecords {
  private static final int UPDATE = 1;
  private static final int STATE_CHANGE = 3;
  private static final int IPV4_TABLE = 1;
  private static final int IPV6_TABLE = 2;
  private static final int VIEW_AND_SEQUENCE_BYTES = 4;
  private static final int STATUS_AND_TIME_BYTES = 5;

  private final Peers peers;

  LegacyRecords(Peers peers) {
    this.peers = peers;
  }

  /** Whether such records are read, not skipped. */
  static boolean reads(int type, int subtype) {
    return type == RecordHeader.BGP
        ? subtype == UPDATE || subtype == STATE_CHANGE
        : subtype == IPV4_TABLE || subtype == IPV6_TABLE;
  }

  void message(int subtype, Instant at, RecordBody body) {
    Cursor cursor = body.cursor();
    if (!body.has(Short.BYTES + Peers.IPV4_BYTES)) {
      return;
    }
    int asn = cursor.u16();
    Peer peer = peers.get(Peers.address(cursor, Family.IPV4), asn);
    if (subtype == STATE_CHANGE) {
      MessageRecords.state(at, peer, body);
    } else if (body.has(Short.BYTES + Peers.IPV4_BYTES)) {
      cursor.skip(Short.BYTES + Peers.IPV4_BYTES);
      MessageContext context = MessageContext.stored(false, false);
      MessageRecords.emit(at, peer, MessageReader.update(cursor, context), body);
    }
  }

  void table(int subtype, Instant at, RecordBody body) {
    Cursor cursor = body.cursor();
    Family family = subtype == IPV6_TABLE ? Family.IPV6 : Family.IPV4;
    int addressBytes = Peers.addressBytes(family);
    int fixed = VIEW_AND_SEQUENCE_BYTES + 2 * addressBytes + 1 + STATUS_AND_TIME_BYTES;
    if (!body.has(fixed + 2 * Short.BYTES)) {
      return;
    }
    cursor.skip(VIEW_AND_SEQUENCE_BYTES);
    Cursor network = cursor.part(addressBytes);
    int bits = cursor.u8();
    cursor.skip(STATUS_AND_TIME_BYTES);
    IpAddress address = Peers.address(cursor, family);
    int asn = cursor.u16();
    int length = cursor.u16();
    String wrong = PrefixReader.wrong(network, family, bits);
    if (!wrong.isEmpty()) {
      body.problem(network.offset(), wrong);
    } else if (body.has(length)) {
      TableEntry entry = MessageReader.tableEntry(cursor.part(length), false);
      entry.faults().forEach(fault -> body.problem(fault.offset(), fault.reason()));
      Peer peer = peers.get(address, asn);
      entry
          .attributes()
          .map(
              attributes ->
                  new RouteEvent.Listed(
                      at, peer, PrefixReader.prefix(network, family, bits), 0, attributes))
          .ifPresent(body.events());
      body.judgeRest();
    }
  }
}
