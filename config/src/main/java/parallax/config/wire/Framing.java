package parallax.config.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.function.Function;
import parallax.config.observation.Printable;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.WireFault;

/** From bytes to a message, within bounds, and where refusals become values. */
final class Framing {
  private Framing() {}

  static <M extends Message, F> Decoded<F> decode(
      Parser<M> parser, byte[] bytes, int maxBytes, Function<M, Decoded<F>> read) {
    if (bytes.length > maxBytes) {
      return new Decoded.Bad<>(Fault.FRAME_TOO_LARGE, bytes.length + " bytes, at most " + maxBytes);
    }
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setRecursionLimit(WireLimits.MAX_DEPTH);
      M message = DiscardUnknownFieldsParser.wrap(parser).parseFrom(in);
      in.checkLastTagWas(0);
      return read.apply(message);
    } catch (InvalidProtocolBufferException e) {
      return new Decoded.Bad<>(Fault.NOT_PROTOBUF, words(WireFault.wordsOf(e)));
    } catch (WireFault | IllegalArgumentException e) {
      return new Decoded.Bad<>(WireFault.faultOf(e), words(WireFault.wordsOf(e)));
    }
  }

  static String words(String text) {
    return Printable.bounded(text, WireLimits.MAX_TEXT);
  }
}
