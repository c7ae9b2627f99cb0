package parallax.probe.blackbox.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.dns.wire.Question;

/** One question over a stream (RFC 7766, RFC 7858). */
final class StreamQuestion {
  private StreamQuestion() {}

  static Message ask(Line line, Question question, boolean recursion) throws Unseen {
    Record asked = Record.newRecord(question.name(), question.type(), question.dclass());
    Message query = Message.newQuery(asked);
    if (!recursion) {
      query.getHeader().unsetFlag(Flags.RD);
    }
    byte[] wire = query.toWire();
    line.send(
        ByteBuffer.allocate(Short.BYTES + wire.length)
            .putShort((short) wire.length)
            .put(wire)
            .array());
    int length = ByteBuffer.wrap(line.bytes(Short.BYTES)).getShort() & 0xffff;
    try {
      Message answer = new Message(line.bytes(length));
      if (answer.getHeader().getID() != query.getHeader().getID()) {
        throw Sight.unseen(Reason.DNS_MALFORMED, "an answer with another id");
      }
      return answer;
    } catch (IOException | RuntimeException hostile) {
      throw Sight.unseen(Reason.DNS_MALFORMED, String.valueOf(hostile.getMessage()));
    }
  }
}
