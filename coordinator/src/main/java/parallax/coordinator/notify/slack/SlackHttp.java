package parallax.coordinator.notify.slack;

import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts something and reads a short answer, within a time in all. Blocks. Redirects are not
 * followed, and nothing that it says names an address, a header or what was answered.
 */
final class SlackHttp implements AutoCloseable {
  /** Answers are a few hundred bytes; one that is longer is not read. */
  static final int MAX_ANSWER = 256 * 1024;

  private static final int MAX_DIGITS = 9;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final InstantSource clock;

  /** {@code clock} is for waits that are written as dates. */
  SlackHttp(InstantSource clock) {
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Answer {
    /**
     * An answer, of any status.
     *
     * @param after how long we are asked to wait
     */
    record Got(int status, Optional<Duration> after, String body) implements Answer {}

    /** No answer, or none that can be read; it may have arrived all the same. */
    record Failed(String why) implements Answer {}

    /** Nothing was sent, and nothing can be, as it stands. */
    record Impossible(String why) implements Answer {}
  }

  /**
   * What is posted.
   *
   * @param type RFC 9110 section 8.3
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once, here, and never compared.
  record Content(String type, byte[] bytes) {
    static Content json(JsonObject body) {
      return new Content(
          "application/json; charset=utf-8", body.encode().getBytes(StandardCharsets.UTF_8));
    }

    static Content form(String encoded) {
      return new Content(
          "application/x-www-form-urlencoded", encoded.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Posts JSON. */
  Answer post(String address, SortedMap<String, String> headers, JsonObject body, Duration time) {
    return post(address, headers, Content.json(body), time);
  }

  /**
   * Posts.
   *
   * @param address may be a secret
   * @param headers may hold secrets
   * @param time until the last byte of the answer, connecting included
   */
  Answer post(String address, SortedMap<String, String> headers, Content content, Duration time) {
    HttpRequest request;
    try {
      HttpRequest.Builder building =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(time)
              .header("Content-Type", content.type())
              .POST(HttpRequest.BodyPublishers.ofByteArray(content.bytes()));
      headers.forEach(building::header);
      request = building.build();
    } catch (IllegalArgumentException e) {
      return new Answer.Impossible("the address or a secret cannot be written in a request");
    }
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER));
    try {
      HttpResponse<String> answer = exchange.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer.Got(
          answer.statusCode(),
          answer.headers().firstValue("Retry-After").flatMap(this::wait),
          answer.body());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Answer.Failed("no answer in time");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Failed("interrupted");
    } catch (ExecutionException | CancellationException e) {
      return new Answer.Failed(words(e));
    }
  }

  /** RFC 9110 section 10.2.3: seconds, or a date. */
  private Optional<Duration> wait(String written) {
    boolean seconds =
        !written.isEmpty()
            && written.length() <= MAX_DIGITS
            && written.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (seconds) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(written, Instant::from);
      return Optional.of(Duration.between(clock.instant(), until))
          .filter(wait -> !wait.isNegative());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String words(Exception problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
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
