package parallax.coordinator.api.exchange;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a stream of events on from the coordinator that leads, for readers whose browser may only
 * ask the one that its page came from. Nothing is kept: who does not keep up makes the leader wait,
 * which then ends the stream.
 */
public final class StreamRelay {
  /** More readers than this are turned away. */
  public static final int MAX_STREAMS = 200;

  /** A leader that says nothing for so long is gone; it gives a sign of life every 15 seconds. */
  static final Duration SILENT = Duration.ofSeconds(40);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final String LAST = "Last-Event-ID";
  private static final Logger LOG = LoggerFactory.getLogger(StreamRelay.class);

  private final HttpClient client;
  private final AtomicInteger open = new AtomicInteger();

  /** One with connections of its own. */
  public StreamRelay(Vertx vertx) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(Math.toIntExact(CONNECT.toMillis())),
            new PoolOptions().setHttp1MaxSize(MAX_STREAMS).setMaxWaitQueueSize(MAX_STREAMS));
  }

  /**
   * Asks the leader the same, and hands on what it tells until one of the three ends it.
   *
   * @param writer writes an answer that is no stream
   */
  public void relay(RoutingContext context, URI leader, BiConsumer<RoutingContext, Reply> writer) {
    if (open.incrementAndGet() > MAX_STREAMS) {
      open.decrementAndGet();
      writer.accept(
          context,
          Reply.problem(503, "too many listen already: " + MAX_STREAMS).with("Retry-After", "30"));
      return;
    }
    HttpServerRequest request = context.request();
    RequestOptions options =
        new RequestOptions()
            .setHost(leader.getHost())
            .setPort(leader.getPort())
            .setMethod(HttpMethod.GET)
            .setURI(request.uri())
            .setIdleTimeout(SILENT.toMillis());
    client
        .request(options)
        .compose(ask -> asked(ask, context))
        .compose(answer -> Forwarder.passBack(answer, request.response()))
        .onComplete(
            over -> {
              open.decrementAndGet();
              if (over.failed()) {
                LOG.debug("relay=ended leader={} error={}", leader, String.valueOf(over.cause()));
                end(context, writer);
              }
            });
  }

  private static Future<HttpClientResponse> asked(HttpClientRequest ask, RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = request.response();
    response.closeHandler(_ -> ask.reset());
    if (response.closed()) {
      ask.reset();
    }
    Forwarder.asked(ask, context);
    String last = request.getHeader(LAST);
    return (last == null ? ask : ask.putHeader(LAST, last)).send();
  }

  /** Tells a reader who heard nothing yet; any other one is only let go, and comes again. */
  private static void end(RoutingContext context, BiConsumer<RoutingContext, Reply> writer) {
    if (context.response().headWritten()) {
      context.request().connection().close();
      return;
    }
    writer.accept(
        context,
        Reply.problem(503, "the coordinator that leads does not answer").with("Retry-After", "5"));
  }

  public void close() {
    client.close();
  }
}
