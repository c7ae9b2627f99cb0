package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.probe.fixture.TestAuthority;

/**
 * Pages behind a file of {@code --web.config.file}, and who asks for them over real connections.
 */
final class DoorScene {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of "sesame", by the C library's crypt(3). */
  static final String HASH = "$2b$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O";

  private final Vertx vertx;
  private final TestAuthority authority;
  private final Path folder;
  private Optional<HttpServer> server = Optional.empty();
  private long now;

  /**
   * @param authority as {@link #certified} made it
   */
  DoorScene(Vertx vertx, TestAuthority authority, Path folder) {
    this.vertx = vertx;
    this.authority = authority;
    this.folder = folder;
  }

  /** Certificates of servers and clients, of two authorities. */
  static TestAuthority certified(Path certificates) {
    TestAuthority authority = new TestAuthority(certificates);
    authority.root("ca", "/CN=ca");
    authority.root("other-ca", "/CN=other");
    authority.server("ca", "server", "DNS:localhost,IP:127.0.0.1");
    authority.server("ca", "second", "DNS:localhost,IP:127.0.0.1");
    for (String issuer : List.of("ca", "other-ca")) {
      authority.issue(
          issuer,
          "client-of-" + issuer,
          "/CN=client",
          90,
          "subjectAltName=DNS:prometheus.example,IP:2001:db8::7,email:ops@example.com,"
              + "URI:spiffe://example/prometheus",
          "extendedKeyUsage=clientAuth");
    }
    authority.issue("ca", "nameless", "/CN=client", 90, "extendedKeyUsage=clientAuth");
    return authority;
  }

  Vertx vertx() {
    return vertx;
  }

  TestAuthority authority() {
    return authority;
  }

  Path folder() {
    return folder;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  void stop() throws Exception {
    if (server.isPresent()) {
      await(server.get().close());
    }
    server = Optional.empty();
  }

  static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The file, with the folder of certificates where {@code PEM} stands. */
  Path write(String yaml) throws IOException {
    String pem = authority.file("").toString();
    return Files.writeString(folder.resolve("web.yml"), yaml.replace("PEM", pem));
  }

  /** The port of a server that says over which version of HTTP it was asked. */
  int serve(String yaml) throws Exception {
    WebFile file = new WebFile(vertx, write(yaml));
    assertThat(file.load()).isEmpty();
    WebDoor door = new WebDoor(vertx, file, () -> now);
    HttpServer made =
        door.create(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(
                request ->
                    door.enter(
                        request, inside -> inside.response().end("inside by " + inside.version())));
    server = Optional.of(await(made.listen()));
    door.follow(made);
    return made.actualPort();
  }

  /** What came back; headers by their names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    private static Answer of(HttpClientResponse response, Buffer body) {
      Map<String, String> headers = new HashMap<>();
      response
          .headers()
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      return new Answer(response.statusCode(), headers, body.toString());
    }
  }

  /**
   * Asks once, over a connection of its own.
   *
   * @param headers name and value in turn
   */
  Answer ask(HttpClientOptions options, int port, String... headers) throws Exception {
    HttpClient client = vertx.createHttpClient(options);
    try {
      RequestOptions request =
          new RequestOptions()
              .setMethod(HttpMethod.GET)
              .setHost("localhost")
              .setPort(port)
              .setURI("/");
      for (int at = 0; at < headers.length; at += 2) {
        request.putHeader(headers[at], headers[at + 1]);
      }
      return await(
          client
              .request(request)
              .compose(HttpClientRequest::send)
              .compose(response -> response.body().map(body -> Answer.of(response, body))));
    } finally {
      await(client.close());
    }
  }

  static HttpClientOptions plain() {
    return new HttpClientOptions();
  }

  /** Over TLS, believing the authority. */
  HttpClientOptions secure() {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(authority.file("ca.pem").toString()));
  }

  /** The same with a certificate. */
  HttpClientOptions as(String name) {
    return secure()
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(authority.file(name + ".pem").toString())
                .addKeyPath(authority.file(name + ".key").toString()));
  }

  /** The header for {@code user:password}. */
  static String password(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
