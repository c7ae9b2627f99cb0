package parallax.deploy.demo.net;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Whoever speaks HTTP beside the web servers: collectors of routes, the registry, letter boxes. */
final class Office implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String ROUTES = "/v1/ws/";
  private static final String DOMAIN = "/domain/";
  private static final String BOX = "/box/";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_LETTER = 1 << 20;
  private static final int TAKEN = 204;
  private static final int BAD = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final RouteCollectors collectors;
  private final Registry registry = new Registry();
  private final BiConsumer<String, JsonObject> letters;
  private final HttpServer server;

  /**
   * Listens on any free port.
   *
   * @param letters is told the box and the document of each letter (docs/webhook.md)
   * @throws IOException when it cannot listen
   */
  Office(InstantSource clock, BiConsumer<String, JsonObject> letters) throws IOException {
    this.letters = letters;
    this.collectors = new RouteCollectors(vertx, clock);
    try {
      server =
          vertx
              .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(0))
              .webSocketHandler(collectors::accept)
              .requestHandler(this::answer)
              .listen()
              .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RuntimeException e) {
      vertx.close();
      throw new IOException("cannot listen on " + HOST, e);
    }
    collectors.start();
  }

  RouteCollectors collectors() {
    return collectors;
  }

  Registry registry() {
    return registry;
  }

  /** Where routes are told. */
  String routes() {
    return "ws://" + HOST + ":" + server.actualPort() + ROUTES;
  }

  /** The base of what RDAP is asked. */
  String rdap() {
    return "http://" + HOST + ":" + server.actualPort() + "/";
  }

  /** Where letters for a box are posted. */
  String box(String name) {
    return "http://" + HOST + ":" + server.actualPort() + BOX + name;
  }

  private void answer(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "");
    if (request.method().equals(HttpMethod.GET) && path.startsWith(DOMAIN)) {
      registry.answer(path.substring(DOMAIN.length()), request.response());
    } else if (request.method().equals(HttpMethod.POST) && path.startsWith(BOX)) {
      take(request, path.substring(BOX.length()));
    } else {
      request.response().setStatusCode(NOT_FOUND).end();
    }
  }

  private void take(HttpServerRequest request, String box) {
    Buffer letter = Buffer.buffer();
    request.handler(
        part -> {
          if (letter.length() + part.length() <= MAX_LETTER) {
            letter.appendBuffer(part);
          } else {
            request.response().setStatusCode(TOO_LARGE).end();
            request.connection().close();
          }
        });
    request.endHandler(
        _ -> {
          try {
            letters.accept(box, new JsonObject(letter));
            request.response().setStatusCode(TAKEN).end();
          } catch (DecodeException e) {
            request.response().setStatusCode(BAD).end();
          }
        });
  }

  @Override
  public void close() {
    try {
      vertx.close().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the servers of the demo do not end", e);
    }
  }
}
