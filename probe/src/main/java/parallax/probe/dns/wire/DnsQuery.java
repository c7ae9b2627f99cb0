package parallax.probe.dns.wire;

import java.nio.ByteBuffer;
import java.util.Random;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Type;

/**
 * One query as it stands on the wire, and what makes a packet its answer (RFC 5452 section 9.1):
 * the id and the question. The port and the address are matched by the connected socket.
 */
final class DnsQuery {
  /** What a UDP answer may measure; passes every path without fragments. */
  static final int EDNS_PAYLOAD_BYTES = 1232;

  private static final int HEADER_BYTES = 12;
  private static final int QUESTION_COUNT_AT = 4;
  private static final int TYPE_AND_CLASS_BYTES = 4;

  /** An OPT record without options (RFC 6891 section 6.1.2), and the option that asks for NSID. */
  private static final int OPT_BYTES = 11;

  private static final int NSID_BYTES = 4;
  private static final short RECURSION_DESIRED = 0x0100;

  private final byte[] wire;
  private final int questionEnd;

  private final boolean exactCase;

  private DnsQuery(byte[] wire, int questionEnd, boolean exactCase) {
    this.wire = wire;
    this.questionEnd = questionEnd;
    this.exactCase = exactCase;
  }

  /**
   * A query that is put as {@code manner} says; its transport does not show in the message.
   *
   * @param random for what a forger must not guess: the id and, where wanted, the case of letters
   */
  static DnsQuery of(Question question, Manner manner, Random random) {
    byte[] name = question.name().toWire();
    int questionEnd = HEADER_BYTES + name.length + TYPE_AND_CLASS_BYTES;
    int optBytes = !manner.edns() ? 0 : manner.nsid() ? OPT_BYTES + NSID_BYTES : OPT_BYTES;
    byte[] wire = new byte[questionEnd + optBytes];
    ByteBuffer out = ByteBuffer.wrap(wire);
    out.putShort((short) random.nextInt(1 << Short.SIZE));
    out.putShort(manner.recursion() ? RECURSION_DESIRED : 0);
    out.putShort((short) 1).putShort((short) 0).putShort((short) 0);
    out.putShort((short) (manner.edns() ? 1 : 0));
    out.put(name).putShort((short) question.type()).putShort((short) question.dclass());
    if (manner.edns()) {
      // The root's name, the type, the payload; extended rcode and version 0 (RFC 6891 6.1.3).
      out.put((byte) 0).putShort((short) Type.OPT).putShort((short) EDNS_PAYLOAD_BYTES);
      out.putShort((short) 0).putShort((short) (manner.dnssec() ? ExtendedFlags.DO : 0));
      out.putShort((short) (optBytes - OPT_BYTES));
      if (manner.nsid()) {
        out.putShort((short) EDNSOption.Code.NSID).putShort((short) 0);
      }
    }
    if (manner.mixedCase()) {
      mixCase(wire, questionEnd - TYPE_AND_CLASS_BYTES, random);
    }
    return new DnsQuery(wire, questionEnd, manner.mixedCase());
  }

  private static void mixCase(byte[] wire, int nameEnd, Random random) {
    for (int at = HEADER_BYTES; at < nameEnd; at++) {
      int lower = lower(wire[at]);
      if (lower >= 'a' && lower <= 'z') {
        wire[at] = (byte) (random.nextBoolean() ? lower : lower - ('a' - 'A'));
      }
    }
  }

  byte[] wire() {
    return wire;
  }

  /** Whether {@code packet} carries this query's id; others may come from anybody. */
  boolean hasId(byte[] packet) {
    return packet.length >= 2 && packet[0] == wire[0] && packet[1] == wire[1];
  }

  boolean hasIdOf(DnsQuery other) {
    return hasId(other.wire);
  }

  /**
   * Whether {@code packet} is an answer to this question. An error may come without a question:
   * some servers send only the header when they could not read on.
   */
  boolean isAnsweredBy(byte[] packet) {
    if (packet.length < HEADER_BYTES || !hasId(packet) || (packet[2] & 0xf8) != 0x80) {
      return false;
    }
    int questions =
        ((packet[QUESTION_COUNT_AT] & 0xff) << 8) | (packet[QUESTION_COUNT_AT + 1] & 0xff);
    if (questions == 0) {
      return (packet[3] & 0x0f) != 0;
    }
    return questions == 1 && repeatsQuestion(packet);
  }

  private boolean repeatsQuestion(byte[] packet) {
    if (packet.length < questionEnd) {
      return false;
    }
    int nameEnd = questionEnd - TYPE_AND_CLASS_BYTES;
    for (int at = HEADER_BYTES; at < questionEnd; at++) {
      boolean anyCase = at < nameEnd && !exactCase;
      if (anyCase ? lower(packet[at]) != lower(wire[at]) : packet[at] != wire[at]) {
        return false;
      }
    }
    return true;
  }

  /** Length octets of labels are at most 63 and so below the letters. */
  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }
}
