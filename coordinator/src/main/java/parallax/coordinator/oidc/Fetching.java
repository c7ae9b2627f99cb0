package parallax.coordinator.oidc;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Fetches JSON objects from a provider. Blocks for a bounded time, reads a bounded body, follows no
 * redirect; certificates and host names are checked as the JDK does it.
 */
final class Fetching implements AutoCloseable {
  /** For one request in all. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** No answer of a provider is larger. */
  static final int MAX_BODY_BYTES = 256 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  Found<JsonObject> get(URI place) {
    return fetch(request(place).GET().build());
  }

  /** Posts a form, with an Authorization header if one is given. */
  Found<JsonObject> post(URI place, Map<String, String> form, Optional<String> authorization) {
    HttpRequest.Builder request =
        request(place)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return fetch(request.build());
  }

  private static HttpRequest.Builder request(URI place) {
    return HttpRequest.newBuilder(place).timeout(TIMEOUT).header("Accept", "application/json");
  }

  /** As a query or a form has it. */
  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Found<JsonObject> fetch(HttpRequest request) {
    String host = String.valueOf(request.uri().getHost());
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(), MAX_BODY_BYTES));
    try {
      HttpResponse<String> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == 200
          ? new Found.Good<>(new JsonObject(response.body()))
          : Found.provider(host + " answers " + response.statusCode() + error(response.body()));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return Found.provider(host + " does not answer in time");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return Found.provider("interrupted");
    } catch (ExecutionException e) {
      return Found.provider(
          e.getCause() instanceof IOException
              ? host + " cannot be reached, or answers too much"
              : host + " failed");
    } catch (DecodeException | ClassCastException e) {
      return Found.provider(host + " answers no JSON object");
    }
  }

  /** The error code of RFC 6749 section 5.2, which is a word. */
  private static String error(String body) {
    try {
      String code = new JsonObject(body).getString("error", "");
      return code.matches("[a-z_]{1,60}") ? ": " + code : "";
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
