package parallax.coordinator.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.store.StoreException;

/** An answer, whatever goes wrong with it. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** What is said of what was never answered, by status. */
  static final Map<Integer, String> ERRORS =
      Map.of(
          400, "the request cannot be understood",
          404, "there is nothing at this path",
          405, "this path can only be read",
          413, "the body is larger than " + ApiServer.MAX_BODY + " bytes",
          503, "the answer took too long");

  private Answers() {}

  /** Makes an answer. */
  @FunctionalInterface
  interface Making {
    Reply make() throws Request.Unusable;
  }

  static Reply guarded(String path, Making making) {
    try {
      return making.make();
    } catch (Request.Unusable e) {
      return Reply.problem(400, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.warn("api=store_failed path={} error=\"{}\"", path, e.getMessage());
      return Reply.problem(503, "the durable record cannot be reached").with("Retry-After", "1");
    } catch (RuntimeException e) {
      LOG.error("api=failed path={} error={}", path, e.toString(), e);
      return Reply.problem(500, "an error of Parallax; its log says more");
    }
  }

  /** Requests that the server could not parse, or would not. */
  static void invalid(HttpServerRequest request) {
    String cause = String.valueOf(request.decoderResult().cause());
    int status =
        cause.contains("TooLongHttpLine") ? 414 : cause.contains("TooLongHttpHeader") ? 431 : 400;
    String detail =
        switch (status) {
          case 414 -> "the request line is longer than " + ApiServer.MAX_URI + " bytes";
          case 431 -> "the headers are longer than " + ApiServer.MAX_HEADERS + " bytes";
          default -> "the request cannot be understood";
        };
    Reply reply = Reply.problem(status, detail);
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", reply.contentType())
        .putHeader("Connection", "close")
        .end(reply.body())
        .onComplete(_ -> request.connection().close());
  }
}
