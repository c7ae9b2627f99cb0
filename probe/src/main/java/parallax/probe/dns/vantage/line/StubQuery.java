package parallax.probe.dns.vantage.line;

import java.io.IOException;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import parallax.probe.dns.wire.Question;

/**
 * A question to a resolver over a connection, and what makes a message its answer. With EDNS (RFC
 * 6891), for without it a resolver may not explain itself (RFC 8914 section 3).
 *
 * @param id 0 over HTTPS, so that answers can be cached (RFC 8484 section 4.1)
 */
record StubQuery(Question question, int id) {
  private static final int PAYLOAD_BYTES = 1232;

  byte[] toWire() {
    Message message = new Message(id);
    message.getHeader().setFlag(Flags.RD);
    // "Tell me whether you validated", without the signatures (RFC 6840 section 5.7).
    message.getHeader().setFlag(Flags.AD);
    message.addRecord(
        Record.newRecord(question.name(), question.type(), DClass.IN), Section.QUESTION);
    message.addRecord(new OPTRecord(PAYLOAD_BYTES, 0, 0), Section.ADDITIONAL);
    return message.toWire();
  }

  /** The answer in {@code packet}; empty when it is none to this question. */
  Optional<Message> answer(byte[] packet) {
    Message message;
    try {
      message = new Message(packet);
    } catch (IOException | RuntimeException e) {
      // The codec meets hostile bytes here; whatever it throws means that they are no message.
      return Optional.empty();
    }
    boolean ours =
        message.getHeader().getID() == id
            && message.getHeader().getFlag(Flags.QR)
            && repeatsQuestion(message);
    return ours ? Optional.of(message) : Optional.empty();
  }

  private boolean repeatsQuestion(Message message) {
    Record asked = message.getQuestion();
    return asked == null
        ? message.getRcode() != 0
        : asked.getName().equals(question.name()) && asked.getType() == question.type();
  }
}
