package parallax.probe.registration.lookup.line;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Limits;

/**
 * GET of one address, on a connection of its own to an address that the policy allows. The server's
 * certificate is verified against its name; nothing is decompressed, no redirect followed.
 */
public final class HttpFetch {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final Vertx vertx;
  private final HttpClient client;
  private final Reach reach;
  private final String userAgent;

  public HttpFetch(Vertx vertx, Reach reach, HttpClientOptions tls, String userAgent) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(tls)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setVerifyHost(true));
    this.reach = reach;
    this.userAgent = userAgent;
  }

  /** Fails when there is no answer within the deadline. */
  Future<HttpReply> get(URI from, Map<String, String> headers, Hop hop, Deadline deadline) {
    return reach.first(
        from.getHost(), hop, deadline, address -> get(from, headers, address, deadline));
  }

  private Future<HttpReply> get(
      URI from, Map<String, String> headers, InetAddress address, Deadline deadline) {
    boolean secure = from.getScheme().equalsIgnoreCase("https");
    int standard = secure ? HTTPS_PORT : HTTP_PORT;
    int port = from.getPort() < 0 ? standard : from.getPort();
    String path = from.getRawPath().isEmpty() ? "/" : from.getRawPath();
    String query = Optional.ofNullable(from.getRawQuery()).map(text -> "?" + text).orElse("");
    long left = Math.max(1, deadline.left().toMillis());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
            .setHost(from.getHost())
            .setPort(port)
            .setSsl(secure)
            .setURI(path + query)
            .setConnectTimeout(left)
            .putHeader("User-Agent", userAgent);
    headers.forEach(options::putHeader);
    return client.request(options).compose(request -> send(request, from, address, deadline));
  }

  private Future<HttpReply> send(
      HttpClientRequest request, URI from, InetAddress address, Deadline deadline) {
    long left = Math.max(1, deadline.left().toMillis());
    long timer = vertx.setTimer(left, _ -> request.connection().close());
    return request
        .send()
        .compose(
            response -> body(request, response).map(body -> reply(response, from, address, body)))
        .onComplete(_ -> vertx.cancelTimer(timer))
        .onComplete(_ -> request.connection().close());
  }

  private static HttpReply reply(
      HttpClientResponse response, URI from, InetAddress address, Buffer body) {
    return new HttpReply(
        from,
        address,
        response.statusCode(),
        Optional.ofNullable(response.getHeader("Location")),
        Optional.ofNullable(response.getHeader("Retry-After")),
        Optional.ofNullable(response.getHeader("Content-Type")),
        new Validators(
            Optional.ofNullable(response.getHeader("ETag")),
            Optional.ofNullable(response.getHeader("Last-Modified"))),
        body);
  }

  /** Reads up to the bound and a byte, so that a cut body shows as one that is too long. */
  private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(promise::tryFail);
    response.endHandler(_ -> promise.tryComplete(body));
    response.handler(
        bytes -> {
          int room = Limits.MAX_ANSWER_BYTES + 1 - body.length();
          body.appendBuffer(bytes, 0, Math.min(room, bytes.length()));
          if (body.length() > Limits.MAX_ANSWER_BYTES && promise.tryComplete(body)) {
            request.connection().close();
          }
        });
    return promise.future();
  }
}
