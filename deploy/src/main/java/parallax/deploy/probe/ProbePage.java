package parallax.deploy.probe;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import parallax.config.metrics.ExpositionFormat;
import parallax.deploy.command.Listen;
import parallax.probe.blackbox.serve.BlackboxPages;

/** What a probe serves: its metrics, whether it is alive, and probes that Prometheus asks for. */
final class ProbePage {
  private static final Duration LISTENING = Duration.ofSeconds(10);

  /** A little longer than the longest probe, in which nothing passes. */
  private static final int IDLE_SECONDS = 660;

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int FOUND = 302;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final int FAILED = 500;

  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final Supplier<Optional<String>> trouble;
  private final Optional<BlackboxPages> blackbox;
  private final WebRoot root;

  /**
   * @param trouble why the probe is not alive, if it is not
   */
  ProbePage(Vertx vertx, PrometheusMeterRegistry registry, Supplier<Optional<String>> trouble) {
    this(vertx, registry, trouble, Optional.empty(), WebRoot.PLAIN);
  }

  private ProbePage(
      Vertx vertx,
      PrometheusMeterRegistry registry,
      Supplier<Optional<String>> trouble,
      Optional<BlackboxPages> blackbox,
      WebRoot root) {
    this.vertx = vertx;
    this.registry = registry;
    this.trouble = trouble;
    this.blackbox = blackbox;
    this.root = root;
  }

  /** The same, which also probes for Prometheus. */
  ProbePage with(BlackboxPages pages) {
    return new ProbePage(vertx, registry, trouble, Optional.of(pages), root);
  }

  /** The same, elsewhere. */
  ProbePage under(WebRoot other) {
    return new ProbePage(vertx, registry, trouble, blackbox, other);
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when that is not possible
   */
  HttpServer start(Listen listen) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(listen.host())
            .setPort(listen.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS);
    try {
      return vertx
          .createHttpServer(options)
          .requestHandler(this::answer)
          .listen()
          .await(LISTENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("cannot listen at " + listen, e);
    } catch (RuntimeException e) {
      throw new IllegalStateException("cannot listen at " + listen.host() + ":" + listen.port(), e);
    }
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (root.asked(Optional.ofNullable(request.path()).orElse(""))) {
      case WebRoot.Asked.Page(String path) -> answer(request, path);
      case WebRoot.Asked.Elsewhere(String location) ->
          response.setStatusCode(FOUND).putHeader("Location", location).end();
      case WebRoot.Asked.Nothing _ -> response.setStatusCode(NOT_FOUND).end("no such page\n");
    }
  }

  private void answer(HttpServerRequest request, String path) {
    HttpServerResponse response = request.response();
    if (blackbox.filter(pages -> pages.answer(request, path)).isPresent()) {
      return;
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Allow", "GET, HEAD").setStatusCode(NOT_ALLOWED).end();
      return;
    }
    switch (path) {
      case "/metrics" -> metrics(request);
      case "/healthz" -> health(response);
      default -> response.setStatusCode(NOT_FOUND).end("no such page\n");
    }
  }

  private void metrics(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    String type = ExpositionFormat.accepted(accept).contentType();
    vertx
        .executeBlocking(() -> registry.scrape(type))
        .onSuccess(
            text -> response.putHeader("Content-Type", type).putHeader("Vary", "Accept").end(text))
        .onFailure(_ -> response.setStatusCode(FAILED).end());
  }

  private void health(HttpServerResponse response) {
    Optional<String> why = trouble.get();
    JsonObject body = new JsonObject().put("status", why.orElse("ok"));
    response
        .putHeader("Content-Type", "application/json")
        .setStatusCode(why.isPresent() ? UNAVAILABLE : 200)
        .end(body.encode() + "\n");
  }
}
