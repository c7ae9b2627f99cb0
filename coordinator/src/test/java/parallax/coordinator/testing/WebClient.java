package parallax.coordinator.testing;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** A browser of sorts, towards one port of this machine. */
public final class WebClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  public WebClient(int port) {
    base = "http://127.0.0.1:" + port;
  }

  /** The address that all paths are of. */
  public String place() {
    return base;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  public HttpResponse<String> send(String method, String path, String... headers) {
    return body(method, path, HttpResponse.BodyHandlers.ofString(), headers);
  }

  public HttpResponse<byte[]> bytes(String path, String... headers) {
    return body("GET", path, HttpResponse.BodyHandlers.ofByteArray(), headers);
  }

  /** The status that a client gets which asks for HTTP/2. */
  public int upgrading(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient newer = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      return newer.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Posts JSON. */
  public HttpResponse<String> post(String path, String json, String... headers) {
    return postAs("application/json", path, json, headers);
  }

  /** Posts a body of some type. */
  public HttpResponse<String> postAs(String type, String path, String body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = type;
    return exchange(
        "POST",
        path,
        HttpRequest.BodyPublishers.ofString(body),
        HttpResponse.BodyHandlers.ofString(),
        all);
  }

  /**
   * The status of a request that is written as it is, for headers that clients keep to themselves.
   */
  public int rawStatus(String methodAndPath, String header) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(base).getPort())) {
      String request = methodAndPath + " HTTP/1.1\r\n" + header + "\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(Objects.requireNonNull(answer.readLine()).split(" ", 3)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON of a path that answers 200. */
  public JsonObject json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answers " + response.statusCode() + response.body());
    }
    return new JsonObject(response.body());
  }

  private <T> HttpResponse<T> body(
      String method, String path, HttpResponse.BodyHandler<T> handler, String... headers) {
    return exchange(method, path, HttpRequest.BodyPublishers.noBody(), handler, headers);
  }

  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> handler,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
