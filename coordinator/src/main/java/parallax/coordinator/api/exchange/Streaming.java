package parallax.coordinator.api.exchange;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Sends a body part by part, as fast as it is read: the next part is made when the one before has
 * been sent. All of it runs on the event loop of the request, but for the making.
 */
final class Streaming {
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final Reply.Parts parts;

  private Streaming(RoutingContext context, Reply.Parts parts) {
    this.context = context;
    response = context.response();
    this.parts = parts;
  }

  /** Sends the body of an answer whose headers are set. */
  static void write(RoutingContext context, Reply.Parts parts) {
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      parts.close();
      response.end();
      return;
    }
    response.setChunked(true);
    response.closeHandler(_ -> parts.close());
    response.exceptionHandler(_ -> parts.close());
    new Streaming(context, parts).next();
  }

  private void next() {
    if (response.closed() || response.ended()) {
      parts.close();
    } else {
      context.vertx().executeBlocking(parts::next).onComplete(this::made);
    }
  }

  private void made(AsyncResult<Optional<Buffer>> part) {
    if (response.closed() || response.ended()) {
      parts.close();
    } else if (part.failed()) {
      parts.close();
      response.reset();
    } else if (part.result().isEmpty()) {
      parts.close();
      response.end();
    } else {
      // Only when it is on its way may the next one be made: it may be made in the same memory.
      response.write(part.result().get()).onSuccess(_ -> next()).onFailure(_ -> parts.close());
    }
  }
}
