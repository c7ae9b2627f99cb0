package parallax.probe.blackbox.echo;

import java.nio.ByteBuffer;

/** An echo request (RFC 792, RFC 4443 section 4). */
final class EchoPacket {
  private static final int HEADER = 8;
  private static final byte REQUEST = 8;
  private static final byte REPLY = 0;
  private static final byte REQUEST_6 = (byte) 128;
  private static final byte REPLY_6 = (byte) 129;

  private final boolean six;
  private final int id;
  private final int sequence;
  private final byte[] payload;

  /**
   * @param id 16 bits
   * @param sequence 16 bits
   */
  EchoPacket(boolean six, int id, int sequence, byte[] payload) {
    this.six = six;
    this.id = id;
    this.sequence = sequence;
    this.payload = payload.clone();
  }

  /** The bytes; with the checksum of IPv4, which of IPv6 the kernel adds. */
  byte[] toWire() {
    ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length);
    out.put(six ? REQUEST_6 : REQUEST).put((byte) 0).putShort((short) 0);
    out.putShort((short) id).putShort((short) sequence).put(payload);
    if (!six) {
      out.putShort(2, checksum(out.array()));
    }
    return out.array();
  }

  /**
   * Whether these bytes are the reply to this request.
   *
   * @param anyId whether the kernel has given it an id of its own, and looks after it
   */
  boolean isAnsweredBy(ByteBuffer icmp, boolean anyId) {
    if (icmp.remaining() < HEADER || icmp.get(0) != (six ? REPLY_6 : REPLY) || icmp.get(1) != 0) {
      return false;
    }
    boolean own = anyId || (icmp.getShort(4) & 0xffff) == id;
    return own
        && (icmp.getShort(6) & 0xffff) == sequence
        && icmp.slice(HEADER, icmp.remaining() - HEADER).equals(ByteBuffer.wrap(payload));
  }

  /** RFC 1071. */
  private static short checksum(byte[] bytes) {
    int sum = 0;
    for (int at = 0; at < bytes.length; at += 2) {
      int low = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
      sum += ((bytes[at] & 0xff) << 8) | low;
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (short) ~sum;
  }
}
