package parallax.coordinator.api.events;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One who listens. Whoever does not keep up is closed: what waits for one is bounded, and nobody
 * waits for anybody.
 *
 * @param brief whether only told that something changed
 */
record Listener(
    HttpServerResponse response,
    Context loop,
    boolean brief,
    AtomicInteger waiting,
    Runnable close) {
  /** Bytes that may wait to be read by the other side. */
  static final int MAX_QUEUED = 256 * 1024;

  /** Writes that may wait for the event loop. */
  static final int MAX_WAITING = 16;

  /** Has this written on its event loop; never waits. */
  void offer(Buffer text) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      loop.runOnContext(_ -> close.run());
      return;
    }
    loop.runOnContext(
        _ -> {
          waiting.decrementAndGet();
          write(text);
        });
  }

  /** On its event loop. */
  void write(Buffer text) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.writeQueueFull()) {
      close.run();
      return;
    }
    // A listener that went away is taken off by its close handler.
    var _ = response.write(text);
  }
}
