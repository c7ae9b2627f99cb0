package parallax.probe.blackbox.echo;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An echo request or reply (RFC 792, RFC 4443 section 4).
 *
 * @param sequence 16 bits
 */
record EchoPacket(boolean six, boolean request, int id, int sequence, byte[] payload) {
  private static final int HEADER = 8;

  /** The bytes; with the checksum of IPv4, which of IPv6 the kernel adds. */
  byte[] toWire() {
    int type = six ? request ? 128 : 129 : request ? 8 : 0;
    ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length);
    out.put((byte) type).put((byte) 0).putShort((short) 0);
    out.putShort((short) id).putShort((short) sequence).put(payload);
    if (!six) {
      out.putShort(2, checksum(out.array()));
    }
    return out.array();
  }

  /** Whether these bytes are the reply to this request. */
  boolean isAnsweredBy(byte[] icmp, boolean anyId) {
    if (icmp.length < HEADER || icmp[0] != (byte) (six ? 129 : 0) || icmp[1] != 0) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(icmp);
    boolean own = anyId || (in.getShort(4) & 0xffff) == id;
    return own
        && (in.getShort(6) & 0xffff) == sequence
        && Arrays.equals(payload, Arrays.copyOfRange(icmp, HEADER, icmp.length));
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

  @Override
  public boolean equals(Object other) {
    return other instanceof EchoPacket packet && Arrays.equals(toWire(), packet.toWire());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toWire());
  }

  @Override
  public String toString() {
    return "echo " + sequence;
  }
}
