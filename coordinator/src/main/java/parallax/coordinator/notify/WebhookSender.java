package parallax.coordinator.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.policy.Receiver;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.store.Store;

/**
 * Posts a notice as JSON. Blocks; call it from a virtual thread. Redirects are not followed,
 * nothing of the answer's body is kept, and no error names the URL, which may hold a secret.
 */
final class WebhookSender implements AutoCloseable {
  /** From the start to the answer's head. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final String userAgent;

  WebhookSender(String version) {
    this.userAgent = "Parallax/" + version;
  }

  Sent send(Receiver.Webhook receiver, Store.Delivery delivery, Instant now) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(receiver.url().reveal()))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("User-Agent", userAgent)
              .header("Idempotency-Key", delivery.key())
              .POST(HttpRequest.BodyPublishers.ofString(Message.json(delivery).encode()))
              .build();
    } catch (IllegalArgumentException e) {
      return new Sent.Never("the URL of the webhook is not a http or https URL");
    }
    CompletableFuture<HttpResponse<InputStream>> exchange =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      response.body().close();
      return judged(response, now);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Sent.NotNow("no answer in time", Optional.empty());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Sent.NotNow("interrupted", Optional.empty());
    } catch (ExecutionException | IOException | CancellationException e) {
      return new Sent.NotNow(words(e), Optional.empty());
    }
  }

  private static Sent judged(HttpResponse<?> response, Instant now) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Sent.Delivered();
    }
    String why = "status " + status;
    // RFC 9110 section 15.5: other client errors stay errors however often they are repeated.
    boolean worthARetry = status >= 500 || status == 408 || status == 425 || status == 429;
    return worthARetry
        ? new Sent.NotNow(
            why, response.headers().firstValue("Retry-After").flatMap(w -> wait(w, now)))
        : new Sent.Never(why);
  }

  /** RFC 9110 section 10.2.3: seconds, or a date. */
  private static Optional<Duration> wait(String written, Instant now) {
    if (written.length() <= 9
        && !written.isEmpty()
        && written.chars().allMatch(Character::isDigit)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(written, Instant::from);
      return Optional.of(Duration.between(now, until)).filter(wait -> !wait.isNegative());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
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
