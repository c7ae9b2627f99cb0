package parallax.probe.blackbox.talk;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.service.socket.Assembly;
import parallax.probe.service.socket.Frame;
import parallax.probe.service.socket.Handshake;
import parallax.probe.service.socket.Source;
import parallax.probe.service.talk.Unfit;

/** A WebSocket on a thread that may wait. */
final class Frames {
  /** A longer message ends the talk. */
  static final int MAX_MESSAGE = 1 << 20;

  private final Line line;
  private final Random random;
  private final Source<Unseen> source;

  Frames(Line line, Random random) {
    this.line = line;
    this.random = random;
    this.source =
        new Source<>() {
          @Override
          public byte[] take(int count) throws Unseen {
            return line.bytes(count);
          }

          @Override
          public String line() throws Unseen {
            byte[] bytes =
                line.line().orElseThrow(() -> Sight.unseen(Reason.HTTP_CLOSED, "unexpected EOF"));
            return new String(bytes, StandardCharsets.ISO_8859_1);
          }
        };
  }

  /** Asks for it, and reads the answer. */
  Handshake handshake(Handshake.Wanted wanted) throws Unseen {
    try {
      line.send(Handshake.request(wanted));
      return Handshake.read(source);
    } catch (Unfit unfit) {
      throw new Unseen(unfit.finding());
    }
  }

  /** The next message, text or binary; pings before it are answered. */
  byte[] message() throws Unseen {
    Assembly assembly = new Assembly(MAX_MESSAGE);
    try {
      while (true) {
        Frame frame = Frame.read(source, MAX_MESSAGE);
        Optional<byte[]> message = assembly.add(frame);
        if (message.isPresent()) {
          return message.get();
        }
        switch (frame.kind()) {
          case PING -> send(frame.pong());
          case CLOSE -> throw Sight.unseen(Reason.HTTP_CLOSED, "the peer closed the WebSocket");
          case PONG, MORE, TEXT, BINARY -> {}
        }
      }
    } catch (Unfit unfit) {
      throw new Unseen(unfit.finding());
    }
  }

  void sendText(byte[] text) throws Unseen {
    send(Frame.message(Frame.Kind.TEXT, text));
  }

  /** Says that nothing more will come; nobody waits for the answer. */
  void goodbye() throws Unseen {
    send(Frame.goodbye());
  }

  private void send(Frame frame) throws Unseen {
    byte[] mask = new byte[Frame.MASK];
    random.nextBytes(mask);
    line.send(frame.masked(mask));
  }
}
