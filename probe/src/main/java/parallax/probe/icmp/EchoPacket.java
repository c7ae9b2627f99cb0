package parallax.probe.icmp;

import java.nio.ByteBuffer;

/** An echo request as bytes (RFC 792, RFC 4443 section 4). */
final class EchoPacket {
  static final int HEADER = 8;

  private static final byte REQUEST = 8;
  private static final byte REPLY = 0;
  private static final byte REQUEST_6 = (byte) 128;
  private static final byte REPLY_6 = (byte) 129;

  private EchoPacket() {}

  /** With the checksum of IPv4; that of IPv6 the kernel adds. */
  static byte[] request(boolean six, int id, int sequence, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length);
    out.put(six ? REQUEST_6 : REQUEST).put((byte) 0).putShort((short) 0);
    out.putShort((short) id).putShort((short) sequence).put(payload);
    if (!six) {
      out.putShort(2, checksum(out.array()));
    }
    return out.array();
  }

  static boolean isReply(boolean six, ByteBuffer icmp) {
    return icmp.remaining() >= HEADER && icmp.get(0) == (six ? REPLY_6 : REPLY) && icmp.get(1) == 0;
  }

  static boolean isRequest(boolean six, ByteBuffer icmp) {
    return icmp.remaining() >= HEADER && icmp.get(0) == (six ? REQUEST_6 : REQUEST);
  }

  static int id(ByteBuffer icmp) {
    return icmp.getShort(4) & 0xffff;
  }

  static int sequence(ByteBuffer icmp) {
    return icmp.getShort(6) & 0xffff;
  }

  static ByteBuffer payload(ByteBuffer icmp) {
    return icmp.slice(HEADER, icmp.remaining() - HEADER);
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
