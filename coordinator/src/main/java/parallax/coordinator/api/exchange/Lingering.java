package parallax.coordinator.api.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Ends a connection whose request was answered before it was read whole. Closing at once would have
 * the system reset the connection because of what is still unread, and the answer could be lost to
 * it (RFC 9112 section 9.6); so what is left is passed over for a while.
 */
public final class Lingering {
  /** What is passed over of a request at most. */
  static final long MAX_BYTES = 1024 * 1024;

  /** The longest that is waited for the end of a request. */
  static final Duration LONGEST = Duration.ofSeconds(2);

  private final HttpServerRequest request;
  private long passed;

  private Lingering(HttpServerRequest request) {
    this.request = request;
  }

  /** Closes the connection of a request that was answered; to be called on its event loop. */
  public static void close(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    Lingering lingering = new Lingering(request);
    vertx.setTimer(LONGEST.toMillis(), _ -> request.connection().close());
    request
        .exceptionHandler(_ -> request.connection().close())
        .handler(part -> lingering.pass(part.length()))
        .endHandler(_ -> request.connection().close());
    request.resume();
  }

  private void pass(int bytes) {
    passed += bytes;
    if (passed > MAX_BYTES) {
      request.connection().close();
    }
  }
}
