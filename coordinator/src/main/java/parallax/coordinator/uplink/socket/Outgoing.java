package parallax.coordinator.uplink.socket;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * What waits to be sent in one stream: small frames first, then the parts of the newest assignment,
 * one after the other. Only what the socket has room for is handed to it. Used on the stream's
 * event loop.
 */
public final class Outgoing {
  /** More small frames do not wait: who takes so little of them is cut. */
  static final int MAX_WAITING = 20_000;

  private final ServerWebSocket socket;
  private final LongSupplier nanos;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private Iterator<byte[]> parts = Collections.emptyIterator();
  private int written;
  private long progress;
  private Runnable drained = () -> {};

  private record Frame(Buffer bytes, Handler<AsyncResult<Void>> sent) {}

  public Outgoing(ServerWebSocket socket, LongSupplier nanos) {
    this.socket = socket;
    this.nanos = nanos;
    this.progress = nanos.getAsLong();
    socket.drainHandler(_ -> flush());
  }

  /** Sends a frame. */
  public void send(byte[] frame, Handler<AsyncResult<Void>> sent) {
    if (isIdle()) {
      progress = nanos.getAsLong();
    }
    waiting.add(new Frame(Buffer.buffer(frame), sent));
    flush();
  }

  /** Sends an assignment, and no more of the one before. */
  public void assignment(Iterable<byte[]> frames) {
    if (isIdle()) {
      progress = nanos.getAsLong();
    }
    parts = frames.iterator();
    flush();
  }

  /** Calls back when all frames are handed over; parts of an assignment are not waited for. */
  public void whenSent(Runnable then) {
    parts = Collections.emptyIterator();
    drained = then;
    flush();
  }

  /** Whether nothing moved for so long although something waits, or far too much waits. */
  public boolean isStuck(long forNanos) {
    return waiting.size() > MAX_WAITING || (!isIdle() && nanos.getAsLong() - progress > forNanos);
  }

  private boolean isIdle() {
    return written == 0 && waiting.isEmpty() && !parts.hasNext();
  }

  private void flush() {
    while (!socket.isClosed()
        && !socket.writeQueueFull()
        && (!waiting.isEmpty() || parts.hasNext())) {
      Frame next =
          waiting.isEmpty() ? new Frame(Buffer.buffer(parts.next()), _ -> {}) : waiting.remove();
      written++;
      socket
          .writeBinaryMessage(next.bytes())
          .onComplete(
              result -> {
                written--;
                progress = nanos.getAsLong();
                next.sent().handle(result);
                tellDrained();
              });
    }
    tellDrained();
  }

  private void tellDrained() {
    if (written == 0 && waiting.isEmpty()) {
      Runnable then = drained;
      drained = () -> {};
      then.run();
    }
  }
}
