package parallax.coordinator.api.exchange;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes answers, guarded against being taken for something else. */
public final class Writing {
  private static final String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'";

  private Writing() {}

  /** Writes an answer, if there was none; on the event loop of the request. */
  public static void write(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      reply.parts().ifPresent(Reply.Parts::close);
      return;
    }
    if (response.headWritten()) {
      // Whoever reads an answer that is cut off must not take it for a whole one.
      reply.parts().ifPresent(Reply.Parts::close);
      response.reset();
      return;
    }
    response
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.contentType())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", NOTHING_ELSE)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    reply.headers().forEach(response::putHeader);
    if (reply.parts().isPresent()) {
      Streaming.write(context, reply.parts().get());
      return;
    }
    boolean last = reply.status() == 413;
    if (last) {
      response.putHeader("Connection", "close");
    }
    // A client that went away is no concern of ours.
    response
        .end(reply.body())
        .onComplete(
            _ -> {
              if (last) {
                Lingering.close(context.vertx(), context.request());
              }
            });
  }
}
