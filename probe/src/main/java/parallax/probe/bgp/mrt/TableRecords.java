package parallax.probe.bgp.mrt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.TableEntry;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.message.read.MessageReader;
import parallax.probe.bgp.message.read.PrefixReader;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

/** Stored tables: TABLE_DUMP_V2 (RFC 6396 section 4.3, RFC 8050 section 4). */
final class TableRecords {
  private static final int PEER_INDEX = 1;
  private static final int IPV4 = 2;
  private static final int IPV6 = 4;
  private static final int IPV4_PATHS = 8;
  private static final int IPV6_PATHS = 10;

  private static final int COLLECTOR_BYTES = 4;
  private static final int PEER_IPV6 = 0x01;
  private static final int PEER_FOUR_BYTE_AS = 0x02;
  private static final int SEQUENCE_BYTES = 4;
  private static final int ORIGINATED_BYTES = 4;

  private final Peers peers;

  /** Peers by the numbers that entries have for them, until the next index comes. */
  private List<Peer> index = List.of();

  TableRecords(Peers peers) {
    this.peers = peers;
  }

  /** Whether such records are read, not skipped. */
  static boolean reads(int subtype) {
    return switch (subtype) {
      case PEER_INDEX, IPV4, IPV6, IPV4_PATHS, IPV6_PATHS -> true;
      default -> false;
    };
  }

  void read(int subtype, Instant at, RecordBody body) {
    switch (subtype) {
      case PEER_INDEX -> peerIndex(body);
      case IPV4, IPV4_PATHS -> routes(Family.IPV4, subtype == IPV4_PATHS, at, body);
      default -> routes(Family.IPV6, subtype == IPV6_PATHS, at, body);
    }
  }

  private void peerIndex(RecordBody body) {
    index = List.of();
    Cursor cursor = body.cursor();
    if (!body.has(COLLECTOR_BYTES + Short.BYTES)) {
      return;
    }
    cursor.skip(COLLECTOR_BYTES);
    int nameBytes = cursor.u16();
    if (!body.has(nameBytes + Short.BYTES)) {
      return;
    }
    cursor.skip(nameBytes);
    int count = cursor.u16();
    List<Peer> read = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Optional<Peer> peer = peer(body);
      if (peer.isEmpty()) {
        index = List.copyOf(read);
        return;
      }
      read.add(peer.get());
    }
    index = List.copyOf(read);
    body.judgeRest();
  }

  private Optional<Peer> peer(RecordBody body) {
    Cursor cursor = body.cursor();
    if (!body.has(1)) {
      return Optional.empty();
    }
    int type = cursor.u8();
    Family family = (type & PEER_IPV6) != 0 ? Family.IPV6 : Family.IPV4;
    boolean fourByteAs = (type & PEER_FOUR_BYTE_AS) != 0;
    int asBytes = fourByteAs ? Integer.BYTES : Short.BYTES;
    if (!body.has(Integer.BYTES + Peers.addressBytes(family) + asBytes)) {
      return Optional.empty();
    }
    cursor.skip(Integer.BYTES);
    IpAddress address = Peers.address(cursor, family);
    return Optional.of(peers.get(address, fourByteAs ? cursor.u32() : cursor.u16()));
  }

  private void routes(Family family, boolean paths, Instant at, RecordBody body) {
    Cursor cursor = body.cursor();
    if (!body.has(SEQUENCE_BYTES + 1)) {
      return;
    }
    cursor.skip(SEQUENCE_BYTES);
    int bits = cursor.u8();
    String wrong = PrefixReader.wrong(cursor, family, bits);
    if (!wrong.isEmpty()) {
      body.problem(cursor.offset(), wrong);
      return;
    }
    Cidr prefix = PrefixReader.prefix(cursor, family, bits);
    if (!body.has(Short.BYTES)) {
      return;
    }
    int count = cursor.u16();
    for (int number = 0; number < count; number++) {
      if (!entry(prefix, paths, at, body)) {
        return;
      }
    }
    body.judgeRest();
  }

  /** False when the next entry cannot be found. */
  private boolean entry(Cidr prefix, boolean paths, Instant at, RecordBody body) {
    Cursor cursor = body.cursor();
    int header = Short.BYTES + ORIGINATED_BYTES + (paths ? Integer.BYTES : 0) + Short.BYTES;
    if (!body.has(header)) {
      return false;
    }
    int start = cursor.offset();
    int peer = cursor.u16();
    cursor.skip(ORIGINATED_BYTES);
    long pathId = paths ? cursor.u32() : 0;
    int length = cursor.u16();
    if (!body.has(length)) {
      return false;
    }
    TableEntry entry = MessageReader.tableEntry(cursor.part(length), true);
    entry.faults().forEach(fault -> body.problem(fault.offset(), fault.reason()));
    if (peer >= index.size()) {
      body.problem(start, "peer " + peer + " of " + index.size());
    } else if (entry.attributes().isPresent()) {
      body.events()
          .accept(
              new RouteEvent.Listed(at, index.get(peer), prefix, pathId, entry.attributes().get()));
    }
    return true;
  }
}
