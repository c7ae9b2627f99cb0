package parallax.coordinator.api.events;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One who listens. Whoever does not keep up is closed: what waits for one is bounded, and nobody
 * waits for anybody.
 *
 * @param brief whether only told that something changed
 * @param waiting writes that wait for the event loop
 * @param queued bytes that were written and not sent yet; of the event loop
 * @param end ends the stream; called on the event loop
 */
record Listener(
    HttpServerResponse response,
    Context loop,
    boolean brief,
    AtomicInteger waiting,
    AtomicInteger queued,
    Consumer<Listener> end) {
  /** Bytes that may wait to be sent when there is more to send. */
  static final int MAX_QUEUED = 256 * 1024;

  /** Writes that may wait for the event loop. */
  static final int MAX_WAITING = 16;

  /** Has this written on its event loop; never waits. */
  void offer(Buffer text) {
    boolean keepsUp = waiting.incrementAndGet() <= MAX_WAITING;
    loop.runOnContext(
        _ -> {
          waiting.decrementAndGet();
          if (keepsUp) {
            write(text);
          } else {
            finish();
          }
        });
  }

  /** On its event loop. */
  void write(Buffer text) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (queued.get() > MAX_QUEUED) {
      finish();
      return;
    }
    queued.addAndGet(text.length());
    response.write(text).onComplete(_ -> queued.addAndGet(-text.length()));
  }

  /** On its event loop. */
  void finish() {
    end.accept(this);
  }
}
