package parallax.probe.bgp.mrt;

import java.util.HashMap;
import java.util.Map;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.route.Peer;
import parallax.probe.net.IpAddress;

/** The peers of one file, each made once. */
final class Peers {
  static final int IPV4_BYTES = 4;
  static final int IPV6_BYTES = 16;

  /** No collector has more; of a damaged file those of before are forgotten. */
  private static final int MAX_PEERS = 1 << 16;

  private record Key(IpAddress address, long asn) {}

  private final String source;
  private final Map<Key, Peer> peers = new HashMap<>();

  Peers(String source) {
    this.source = source;
  }

  Peer get(IpAddress address, long asn) {
    if (peers.size() >= MAX_PEERS) {
      peers.clear();
    }
    return peers.computeIfAbsent(
        new Key(address, asn), key -> new Peer(source, key.address().toString(), key.asn()));
  }

  static int addressBytes(Family family) {
    return family == Family.IPV6 ? IPV6_BYTES : IPV4_BYTES;
  }

  static IpAddress address(Cursor cursor, Family family) {
    return family == Family.IPV6
        ? new IpAddress(true, cursor.i64(), cursor.i64())
        : IpAddress.ipv4(cursor.i32());
  }
}
