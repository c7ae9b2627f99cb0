package parallax.probe.blackbox.talk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;

/** Messages of a WebSocket as a client sends and reads them (RFC 6455 section 5). */
final class Frames {
  /** A longer message ends the talk. */
  static final int MAX_MESSAGE = 1 << 20;

  /** Pings and pongs in a row, and parts of one message. */
  private static final int MAX_FRAMES = 1_000;

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int NORMAL = 1_000;

  private final Line line;
  private final Random random;

  Frames(Line line, Random random) {
    this.line = line;
    this.random = random;
  }

  /** The next message, text or binary; pings before it are answered. */
  byte[] message() throws Unseen {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int count = 0; count < MAX_FRAMES; count++) {
      byte[] head = line.bytes(2);
      int opcode = head[0] & 0x0f;
      byte[] payload = line.bytes(length(head[1]));
      switch (opcode) {
        case PING -> send(PONG, payload);
        case PONG -> {}
        case CLOSE -> throw Sight.unseen(Reason.HTTP_CLOSED, "the peer closed the WebSocket");
        case 0, TEXT, BINARY -> {
          message.writeBytes(payload);
          if (message.size() > MAX_MESSAGE) {
            throw tooLong();
          }
          if ((head[0] & FIN) != 0) {
            return message.toByteArray();
          }
        }
        default -> throw Sight.unseen(Reason.HTTP_MALFORMED, "a frame of kind " + opcode);
      }
    }
    throw tooLong();
  }

  private int length(byte second) throws Unseen {
    if ((second & MASKED) != 0) {
      throw Sight.unseen(Reason.HTTP_MALFORMED, "a masked frame from the server");
    }
    long length =
        switch (second & 0x7f) {
          case TWO_BYTES -> ByteBuffer.wrap(line.bytes(Short.BYTES)).getShort() & 0xffff;
          case EIGHT_BYTES -> ByteBuffer.wrap(line.bytes(Long.BYTES)).getLong();
          default -> second & 0x7f;
        };
    if (length < 0 || length > MAX_MESSAGE) {
      throw tooLong();
    }
    return (int) length;
  }

  private static Unseen tooLong() {
    return Sight.unseen(Reason.HTTP_MALFORMED, "a message of more than 1 MiB");
  }

  void sendText(byte[] text) throws Unseen {
    send(TEXT, text);
  }

  /** Says that nothing more will come; nobody waits for the answer. */
  void goodbye() throws Unseen {
    send(CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) NORMAL).array());
  }

  private void send(int opcode, byte[] payload) throws Unseen {
    byte[] mask = new byte[Integer.BYTES];
    random.nextBytes(mask);
    ByteBuffer frame = ByteBuffer.allocate(2 + Long.BYTES + mask.length + payload.length);
    frame.put((byte) (FIN | opcode));
    if (payload.length < TWO_BYTES) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    frame.put(mask);
    for (int at = 0; at < payload.length; at++) {
      frame.put((byte) (payload[at] ^ mask[at % mask.length]));
    }
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    line.send(bytes);
  }
}
