package parallax.coordinator.api.exchange;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.view.Standing;

/**
 * Hands requests on to the coordinator that leads, so that people may ask any of them. A request is
 * handed on once at most: who gets one that was handed on answers it or says that nobody leads.
 */
public final class Forwarder {
  public static final String MARK = "Parallax-Forwarded";

  /** In a routing context: a cookie that the browser is given with this answer. */
  public static final String COOKIE = "parallax.cookie";

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_WAITING = 256;

  /** What the answer's reader needs; the rest is between the two coordinators. */
  private static final List<String> PASSED_BACK =
      List.of(
          "Content-Type",
          "Content-Encoding",
          "Content-Security-Policy",
          "Cache-Control",
          "ETag",
          "Access-Control-Allow-Origin",
          "Retry-After",
          "Vary",
          "X-Content-Type-Options",
          "Referrer-Policy",
          "X-Accel-Buffering",
          "Allow",
          "WWW-Authenticate",
          "Location",
          "X-Frame-Options",
          "Cross-Origin-Opener-Policy");

  private static final List<String> PASSED_ON =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "If-None-Match",
          // Nobody comes in there who would stay out here.
          "Authorization",
          "X-Form-Token");

  /** What tells the leader whom it has before it, where something is to be done. */
  private static final List<String> PASSED_ON_TO_DO =
      List.of("Content-Type", "X-Hub-Signature-256", "X-Gitlab-Token");

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

  private final Duration timeout;
  private final HttpClient client;

  /**
   * One with connections of its own.
   *
   * @param timeout of a request
   */
  public Forwarder(Vertx vertx, Duration timeout) {
    this.timeout = timeout;
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(Math.toIntExact(CONNECT.toMillis())),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
  }

  /**
   * Why a request cannot be handed on; empty when it can.
   *
   * @param standing of this coordinator, which does not lead
   */
  public static Optional<Reply> refusal(Standing standing, HttpServerRequest request) {
    return switch (standing) {
      case Standing.Follows _ when request.getHeader(MARK) == null -> Optional.empty();
      case Standing.Follows _ -> Optional.of(nobody("the leader has just changed"));
      case Standing.Waits(String why) -> Optional.of(nobody(why));
      case Standing.Leads _ -> throw new IllegalArgumentException("it answers itself");
    };
  }

  private static Reply nobody(String why) {
    return Reply.problem(503, "no coordinator leads: " + why).with("Retry-After", "5");
  }

  /** Hands a request on that has been read, and its answer back. */
  public void forward(
      RoutingContext context, URI leader, BiConsumer<RoutingContext, Reply> writer) {
    HttpServerRequest request = context.request();
    RequestOptions options =
        new RequestOptions()
            .setHost(leader.getHost())
            .setPort(leader.getPort())
            .setMethod(request.method())
            .setURI(request.uri())
            .setTimeout(timeout.toMillis());
    client
        .request(options)
        .compose(ask -> asked(ask, context).send(body(context)))
        .compose(answer -> passBack(answer, context.response()))
        .onFailure(
            failure -> {
              LOG.warn("forward=failed leader={} error={}", leader, failure.toString());
              writer.accept(
                  context,
                  Reply.problem(503, "the coordinator that leads does not answer")
                      .with("Retry-After", "5"));
            });
  }

  private static Buffer body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  /** A request with what is handed on of another. */
  static HttpClientRequest asked(HttpClientRequest ask, RoutingContext context) {
    HttpServerRequest request = context.request();
    ask.putHeader(MARK, "1");
    String cookies =
        Stream.of(
                Optional.ofNullable(request.getHeader("Cookie")),
                Optional.ofNullable(context.<String>get(COOKIE)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!cookies.isEmpty()) {
      ask.putHeader("Cookie", cookies);
    }
    boolean reads = List.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method());
    Stream.concat(PASSED_ON.stream(), reads ? Stream.empty() : PASSED_ON_TO_DO.stream())
        .filter(name -> request.getHeader(name) != null)
        .forEach(name -> ask.putHeader(name, request.getHeader(name)));
    return ask;
  }

  /** Hands an answer back as it comes. */
  static Future<Void> passBack(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    for (Map.Entry<String, String> header : answer.headers()) {
      if (PASSED_BACK.stream().anyMatch(name -> name.equalsIgnoreCase(header.getKey()))) {
        response.putHeader(header.getKey(), header.getValue());
      }
      // There may be several, and some of our own.
      if (header.getKey().equalsIgnoreCase("Set-Cookie")) {
        response.headers().add(header.getKey(), header.getValue());
      }
    }
    response.setChunked(true);
    return answer.pipeTo(response);
  }

  public void close() {
    client.close();
  }
}
