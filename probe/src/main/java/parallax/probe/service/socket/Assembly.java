package parallax.probe.service.socket;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import parallax.probe.service.talk.Unfit;

/** Puts messages together from their frames (RFC 6455 section 5.4). */
public final class Assembly {
  /** Frames that are taken, pings and empty parts among them. */
  public static final int MAX_FRAMES = 1_000;

  private final int most;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean begun;
  private int frames;

  /**
   * @param most bytes that a message may have
   */
  public Assembly(int most) {
    this.most = most;
  }

  /**
   * Takes a frame.
   *
   * @return the message that it ends, if it does
   */
  public Optional<byte[]> add(Frame frame) throws Unfit {
    frames++;
    if (frames > MAX_FRAMES) {
      throw Frame.broken("more than " + MAX_FRAMES + " frames");
    }
    if (frame.kind().isControl()) {
      return Optional.empty();
    }
    if (begun != (frame.kind() == Frame.Kind.MORE)) {
      throw Frame.broken(begun ? "a message within another" : "the end of no message");
    }
    message.writeBytes(frame.payload());
    if (message.size() > most) {
      throw Frame.tooLong(most);
    }
    begun = !frame.last();
    if (begun) {
      return Optional.empty();
    }
    byte[] whole = message.toByteArray();
    message.reset();
    return Optional.of(whole);
  }
}
