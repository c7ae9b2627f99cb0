package parallax.probe.http.body;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The first bytes of a body, as they came over the wire. */
public final class BodyWindow {
  /** More of a body is not read, decoded or judged unless somebody says so. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 4096;

  private final boolean keeps;
  private final int maxBytes;
  private byte[] kept = new byte[0];
  private int size;
  private boolean complete;

  /**
   * @param keeps whether the bytes matter, or only their number
   * @param maxBytes more are not taken
   */
  public BodyWindow(boolean keeps, int maxBytes) {
    this.keeps = keeps;
    this.maxBytes = maxBytes;
  }

  /** Takes bytes; false when the window is full and the rest of the body does not matter. */
  public boolean add(ByteBuf bytes) {
    int taken = Math.min(bytes.readableBytes(), maxBytes - size);
    if (keeps && taken > 0) {
      makeRoom(taken);
      bytes.getBytes(bytes.readerIndex(), kept, size, taken);
    }
    size += taken;
    return size < maxBytes;
  }

  private void makeRoom(int more) {
    if (size + more > kept.length) {
      int wanted = Math.max(size + more, Math.max(FIRST_BYTES, 2 * kept.length));
      kept = Arrays.copyOf(kept, Math.min(maxBytes, wanted));
    }
  }

  /** Notes that the body ended within the window. */
  public void end() {
    complete = true;
  }

  /** The bytes so far. */
  public Body body() {
    return new Body(keeps ? Arrays.copyOf(kept, size) : new byte[0], size, complete);
  }
}
