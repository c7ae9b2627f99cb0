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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import parallax.config.metrics.ExpositionFormat;
import parallax.deploy.command.Listen;
import parallax.probe.blackbox.serve.BlackboxPages;
import parallax.probe.blackbox.web.WebDoor;

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
  private final Optional<WebDoor> door;

  /**
   * @param trouble why the probe is not alive, if it is not
   */
  ProbePage(Vertx vertx, PrometheusMeterRegistry registry, Supplier<Optional<String>> trouble) {
    this.vertx = vertx;
    this.registry = registry;
    this.trouble = trouble;
    this.blackbox = Optional.empty();
    this.root = WebRoot.PLAIN;
    this.door = Optional.empty();
  }

  private ProbePage(
      ProbePage other, Optional<BlackboxPages> blackbox, WebRoot root, Optional<WebDoor> door) {
    this.vertx = other.vertx;
    this.registry = other.registry;
    this.trouble = other.trouble;
    this.blackbox = blackbox;
    this.root = root;
    this.door = door;
  }

  /** The same, which also probes for Prometheus. */
  ProbePage with(BlackboxPages pages) {
    return new ProbePage(this, Optional.of(pages), root, door);
  }

  /** The same, elsewhere. */
  ProbePage under(WebRoot other) {
    return new ProbePage(this, blackbox, other, door);
  }

  /** The same, not for everybody. */
  ProbePage behind(Optional<WebDoor> other) {
    return new ProbePage(this, blackbox, root, other);
  }

  /**
   * Listens at all of these places.
   *
   * @return a server for each, in their order
   * @throws IllegalStateException when that is not possible at one of them
   */
  List<HttpServer> start(List<Listen> listen) {
    return listen.stream().map(this::start).toList();
  }

  /**
   * Where the pages are.
   *
   * @param servers as {@link #start} made them
   */
  List<String> urls(List<Listen> listen, List<HttpServer> servers) {
    boolean secure = door.filter(WebDoor::isSecure).isPresent();
    List<String> urls = new ArrayList<>();
    for (int at = 0; at < servers.size(); at++) {
      String plain = root.at(listen.get(at).at(servers.get(at).actualPort()).url());
      urls.add(secure ? plain.replaceFirst("^http:", "https:") : plain);
    }
    return List.copyOf(urls);
  }

  private HttpServer start(Listen listen) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(listen.host())
            .setPort(listen.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS);
    try {
      HttpServer server =
          door.map(guarded -> guarded.create(options))
              .orElseGet(() -> vertx.createHttpServer(options))
              .requestHandler(this::enter)
              .listen()
              .await(LISTENING.toMillis(), TimeUnit.MILLISECONDS);
      door.ifPresent(guarded -> guarded.follow(server));
      return server;
    } catch (TimeoutException e) {
      throw new IllegalStateException("cannot listen at " + listen, e);
    } catch (RuntimeException e) {
      throw new IllegalStateException("cannot listen at " + listen.host() + ":" + listen.port(), e);
    }
  }

  private void enter(HttpServerRequest request) {
    door.ifPresentOrElse(guarded -> guarded.enter(request, this::answer), () -> answer(request));
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
