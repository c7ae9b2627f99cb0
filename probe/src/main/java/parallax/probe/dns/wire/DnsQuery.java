package parallax.probe.dns.wire;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

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

  private final byte[] wire;
  private final int questionEnd;

  private DnsQuery(byte[] wire, int questionEnd) {
    this.wire = wire;
    this.questionEnd = questionEnd;
  }

  /**
   * A query that asks for recursion; servers that do not offer it ignore the bit.
   *
   * @param id 16 bits, not to be guessed
   * @param edns whether to announce {@link #EDNS_PAYLOAD_BYTES} (RFC 6891)
   */
  static DnsQuery of(Question question, int id, boolean edns) {
    Message message = new Message(id);
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(
        Record.newRecord(question.name(), question.type(), DClass.IN), Section.QUESTION);
    int questionEnd = HEADER_BYTES + question.name().length() + TYPE_AND_CLASS_BYTES;
    if (edns) {
      message.addRecord(new OPTRecord(EDNS_PAYLOAD_BYTES, 0, 0), Section.ADDITIONAL);
    }
    return new DnsQuery(message.toWire(), questionEnd);
  }

  byte[] wire() {
    return wire;
  }

  /** Whether {@code packet} carries this query's id; others may come from anybody. */
  boolean hasId(byte[] packet) {
    return packet.length >= 2 && packet[0] == wire[0] && packet[1] == wire[1];
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
      boolean same = at < nameEnd ? lower(packet[at]) == lower(wire[at]) : packet[at] == wire[at];
      if (!same) {
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
