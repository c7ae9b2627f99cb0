package parallax.coordinator.watchdog;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.secret.Secret;

/**
 * Posts a sign of life as JSON. Blocks; call it from a virtual thread. Redirects are not followed,
 * nothing of the answer's body is kept, and no error names the URL, which may hold a secret.
 */
final class Caller implements AutoCloseable {
  /** From the start to the answer's head. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int TOO_EARLY = 425;
  private static final int TIMED_OUT = 408;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final String userAgent;

  Caller(String version) {
    userAgent = "Parallax/" + version;
  }

  Arrival send(Secret url, JsonObject body) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(url.reveal()))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("User-Agent", userAgent)
              .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
              .build();
    } catch (IllegalArgumentException e) {
      return new Arrival.NotTaken("the URL of the watchdog is not a http or https URL", false);
    }
    CompletableFuture<HttpResponse<InputStream>> exchange =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      response.body().close();
      return judged(response.statusCode());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Arrival.NotTaken("no answer in time", true);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Arrival.NotTaken("interrupted", false);
    } catch (ExecutionException | IOException | CancellationException e) {
      return new Arrival.NotTaken(words(e), true);
    }
  }

  private static Arrival judged(int status) {
    if (status >= 200 && status < 300) {
      return new Arrival.Taken();
    }
    // RFC 9110 section 15.5: other client errors stay errors however often they are repeated, and
    // who answers "too many" (RFC 6585 section 4) is not hurried.
    boolean again = status >= 500 || status == TIMED_OUT || status == TOO_EARLY;
    return new Arrival.NotTaken("status " + status, again);
  }

  private static String words(Exception problem) {
    Throwable cause =
        problem instanceof ExecutionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return switch (cause) {
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "cannot connect";
      default -> "failed: " + cause.getClass().getSimpleName();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
