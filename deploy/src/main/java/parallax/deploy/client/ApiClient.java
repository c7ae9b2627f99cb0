package parallax.deploy.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import parallax.coordinator.notebook.PlainText;

/** Speaks with a coordinator's API. Follows no redirect: nobody else gets the token. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 32 * 1024 * 1024;

  private final URI base;
  private final Optional<String> token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public ApiClient(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** What came back. */
  public record Answer(int status, String body) {
    /** Whether it was done. */
    public boolean isFine() {
      return status >= 200 && status < 300;
    }

    /** The object that came back. */
    public JsonObject json() {
      try {
        return new JsonObject(body);
      } catch (DecodeException | ClassCastException e) {
        throw new IllegalStateException("what answers there is no coordinator", e);
      }
    }

    /** Why it was refused, in words. */
    public String problem() {
      try {
        return PlainText.line(
            new JsonObject(body).getString("detail", "status " + status), PlainText.MAX_LINE);
      } catch (DecodeException | ClassCastException e) {
        return "status " + status;
      }
    }
  }

  /** A part of a path. */
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Reads. */
  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  /** Has something ended. */
  public Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** Has something done. */
  public Answer post(String path, JsonObject body) {
    HttpRequest.BodyPublisher json = HttpRequest.BodyPublishers.ofString(body.encode());
    return send(request(path).header("Content-Type", "application/json").POST(json).build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] bytes = in.readNBytes(MAX_ANSWER);
        return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(base + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
