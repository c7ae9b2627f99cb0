package parallax.coordinator.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import parallax.config.policy.Receiver;
import parallax.coordinator.store.Store.Delivery;

/**
 * Posts a notice to a webhook, over a connection of its own. The address is a secret: what goes
 * wrong is told in our own words, never in those of an exception that may quote it.
 */
public final class WebhookSender implements AutoCloseable {
  /** From the first packet to the status of the answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The most that is read of an answer's body, only to end the connection politely. */
  static final int MAX_ANSWER = 64 * 1024;

  private static final int MAX_ANSWER_HEADER = 16 * 1024;

  private final HttpClient client;
  private final InstantSource clock;
  private final String userAgent;
  private final Duration timeout;

  /**
   * A sender that is ready to send.
   *
   * @param connections the most that are open at once
   * @param version of Parallax, for the User-Agent field
   */
  public WebhookSender(
      Vertx vertx, InstantSource clock, int connections, String version, Duration timeout) {
    this.clock = clock;
    this.timeout = timeout;
    userAgent = "Parallax/" + version;
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setMaxHeaderSize(MAX_ANSWER_HEADER),
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(connections));
  }

  /** Sends; completes in any case, a little after the timeout at the latest. */
  public CompletionStage<Attempt> send(Delivery delivery, Receiver.Webhook receiver) {
    Optional<RequestOptions> options = options(receiver, delivery.key());
    if (options.isEmpty()) {
      return Future.<Attempt>succeededFuture(new Attempt.Refused("not an http or https address"))
          .toCompletionStage();
    }
    Buffer body = Buffer.buffer(WebhookBody.of(delivery));
    return client
        .request(options.get())
        .compose(request -> exchange(request, body))
        .timeout(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.succeededFuture(failed(words(failure))))
        .toCompletionStage();
  }

  @Override
  public void close() {
    client.close().onFailure(_ -> {});
  }

  private Future<Attempt> exchange(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(
            response -> {
              readBounded(response, request);
              return judge(response);
            })
        .onFailure(_ -> request.reset());
  }

  /** Reads on so that the peer is not cut off while it writes, but not for ever. */
  private static void readBounded(HttpClientResponse response, HttpClientRequest request) {
    int[] read = {0};
    response.exceptionHandler(_ -> {});
    response.handler(
        part -> {
          read[0] += part.length();
          if (read[0] > MAX_ANSWER) {
            request.reset();
          }
        });
    response
        .end()
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> request.reset());
  }

  private Attempt judge(HttpClientResponse response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Attempt.Delivered();
    }
    String why = "answered " + status;
    boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
    if (!passing) {
      return new Attempt.Refused(why);
    }
    return new Attempt.Failed(
        why,
        Optional.ofNullable(response.getHeader("Retry-After"))
            .flatMap(field -> RetryAfter.parse(field, clock.instant())));
  }

  private Optional<RequestOptions> options(Receiver.Webhook receiver, String key) {
    try {
      URI url = new URI(receiver.url().reveal());
      boolean secure = "https".equals(lower(url.getScheme()));
      if (url.getHost() == null || !(secure || "http".equals(lower(url.getScheme())))) {
        return Optional.empty();
      }
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      return Optional.of(
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setHost(url.getHost().replaceAll("[\\[\\]]", ""))
              .setPort(url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80)
              .setSsl(secure)
              .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
              .setFollowRedirects(false)
              .putHeader("Content-Type", "application/json")
              .putHeader("Idempotency-Key", key)
              .putHeader("User-Agent", userAgent));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String lower(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static Attempt failed(String why) {
    return new Attempt.Failed(why, Optional.empty());
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case UnknownHostException _ -> "its name could not be resolved";
      case NoRouteToHostException _ -> "no route";
      case ConnectException e when isTimeout(e) -> "timed out";
      case ConnectException _ -> "connection refused";
      case SSLException _ -> "TLS handshake failed";
      case TimeoutException _ -> "timed out";
      default ->
          failure.getCause() instanceof SSLException
              ? "TLS handshake failed"
              : "connection failed (" + failure.getClass().getSimpleName() + ")";
    };
  }

  private static boolean isTimeout(ConnectException failure) {
    return failure.getClass().getSimpleName().contains("Timeout");
  }
}
