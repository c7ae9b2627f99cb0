package parallax.coordinator.notify.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/**
 * Hands JSON documents over by HTTP/1.1. Blocks for a bounded time; call it from a virtual thread.
 * Thread-safe. Redirects are never followed, for they would carry secrets elsewhere; certificates
 * and host names are checked as the JDK does it, and its proxy settings ({@code https.proxyHost},
 * {@code http.nonProxyHosts}, ...) are respected. No error names the URL, which may hold a secret.
 */
public final class HttpSender implements AutoCloseable {
  /** For one attempt in all: from the start of connecting to the end of the answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What is said when no answer came in time. */
  public static final String LATE = "no answer in time";

  /** More of an answer is not read. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final String userAgent;

  /**
   * A sender of its own connections.
   *
   * @param version of Parallax, for the User-Agent
   */
  public HttpSender(String version) {
    this.userAgent = "Parallax/" + version;
  }

  /** One attempt of at most {@link #TIMEOUT}. */
  public Answer send(Post post) {
    return send(post, TIMEOUT);
  }

  /**
   * One attempt.
   *
   * @param within for all of it, more than zero
   */
  public Answer send(Post post, Duration within) {
    URI url;
    try {
      url = URI.create(post.url().reveal());
    } catch (IllegalArgumentException e) {
      return new Answer.Unsendable("the URL of the receiver is not a URL");
    }
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(url);
    } catch (IllegalArgumentException e) {
      return new Answer.Unsendable("the URL of the receiver is not a http or https URL");
    }
    try {
      request
          .timeout(within)
          .header("Content-Type", "application/json")
          .header("User-Agent", userAgent)
          .header("Idempotency-Key", post.key());
      post.headers().forEach(request::header);
    } catch (IllegalArgumentException e) {
      return new Answer.Unsendable("a header of the receiver cannot be sent");
    }
    request.method(post.method().name(), HttpRequest.BodyPublishers.ofString(post.body()));
    return exchange(request.build(), within);
  }

  private Answer exchange(HttpRequest request, Duration within) {
    BoundedBody body = new BoundedBody(MAX_BODY_BYTES);
    AtomicReference<Optional<HttpResponse.ResponseInfo>> head =
        new AtomicReference<>(Optional.empty());
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request,
            info -> {
              head.set(Optional.of(info));
              return body;
            });
    String why;
    try {
      exchange.get(within.toMillis(), TimeUnit.MILLISECONDS);
      why = "no answer";
    } catch (TimeoutException e) {
      exchange.cancel(true);
      why = LATE;
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      why = "interrupted";
    } catch (ExecutionException | CancellationException e) {
      why = words(e);
    }
    // A head says what became of the request, whatever became of the rest of the answer.
    String otherwise = why;
    return head.get()
        .<Answer>map(
            info ->
                new Answer.Status(
                    info.statusCode(), body.soFar(), info.headers().firstValue("Retry-After")))
        .orElseGet(() -> new Answer.None(otherwise));
  }

  private static String words(Exception problem) {
    Throwable cause =
        problem instanceof ExecutionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return switch (cause) {
      case HttpTimeoutException _ -> LATE;
      case ConnectException _ -> "cannot connect";
      case SSLException _ -> "no trusted TLS connection";
      default -> "failed: " + cause.getClass().getSimpleName();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
