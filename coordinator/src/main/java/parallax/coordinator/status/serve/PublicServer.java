package parallax.coordinator.status.serve;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.api.exchange.Lingering;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.json.Json;
import parallax.coordinator.status.edition.Editions;
import parallax.coordinator.status.edition.Leaf;
import parallax.coordinator.status.edition.Rendered;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Standing;

/**
 * A listener for the public, which has the public pages and nothing else. What was made for one
 * reader is given to all from the event loop; what has to be made is made by workers of its own, so
 * a crowd keeps neither the API nor decisions waiting.
 */
public final class PublicServer implements AutoCloseable {
  /** Connections beyond these are closed at once. */
  static final int MAX_CONNECTIONS = 2_000;

  /** One may wait for the record while the other makes pages. */
  static final int WORKERS = 2;

  /** Requests that wait for a worker; further ones are asked to come back. */
  static final int MAX_WAITING = 2_000;

  static final int MAX_URI = 2_048;
  static final int MAX_HEADERS = 8 * 1024;
  static final long MAX_BODY = 8 * 1024;
  static final Duration IDLE = Duration.ofSeconds(30);
  static final Duration TIMEOUT = Duration.ofSeconds(15);
  static final String HEALTH = "/healthz";

  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'";
  private static final Logger LOG = LoggerFactory.getLogger(PublicServer.class);

  private final Ports ports;
  private final Elsewhere elsewhere;
  private final HttpServer server;
  private final AtomicInteger connections = new AtomicInteger();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("parallax-public-", 0).daemon().factory());

  /**
   * What is served.
   *
   * @param standing whether it is this coordinator that can tell
   */
  public record Ports(
      Overview overview,
      Editions editions,
      ReportForm form,
      Supplier<Standing> standing,
      LongSupplier nanos) {}

  public PublicServer(Vertx vertx, Ports ports) {
    this.ports = ports;
    workers.allowCoreThreadTimeOut(true);
    elsewhere = new Elsewhere(vertx, ports.nanos());
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxInitialLineLength(MAX_URI)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setIdleTimeout(Math.toIntExact(IDLE.toSeconds())))
            .connectionHandler(this::connected)
            .requestHandler(router(vertx));
  }

  /** Listens; the port is chosen when 0 is asked for. */
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  private Router router(Vertx vertx) {
    Router all = Router.router(vertx);
    all.route().handler(TimeoutHandler.create(TIMEOUT.toMillis()));
    all.route(ReportForm.PATH).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    ports.form().on(all, new ReportForm.Answering(this::work, PublicServer::write));
    all.route(HEALTH).handler(context -> write(context, health()));
    all.route().useNormalizedPath(false).handler(this::read);
    all.errorHandler(413, context -> write(context, Reply.problem(413, "the body is too large")));
    all.errorHandler(503, context -> write(context, Reply.problem(503, "it took too long")));
    all.errorHandler(400, context -> write(context, Reply.problem(400, "not understood")));
    all.errorHandler(
        500,
        context -> {
          LOG.error("public=failed error={}", String.valueOf(context.failure()));
          write(context, Reply.problem(500, "an error of the status page"));
        });
    return all;
  }

  /** Says nothing but whether to send readers here. */
  private Reply health() {
    boolean lives = ports.overview().notAlive().isEmpty();
    return lives
        ? Reply.json(Json.object(json -> json.text("status", "ok")))
        : Reply.problem(503, "not well").with("Retry-After", "1");
  }

  private void read(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (!List.of(HttpMethod.GET, HttpMethod.HEAD).contains(method)) {
      write(context, Reply.problem(405, "this can only be read").with("Allow", "GET, HEAD"));
      return;
    }
    Request request = Request.of(context.request());
    Optional<Leaf> leaf;
    try {
      String path = request.path();
      leaf =
          Leaf.of(
                  path.startsWith("/") ? path.substring(1) : path,
                  request,
                  ports.overview().configuration().configuration().statusPage())
              .filter(found -> found.kind() != Leaf.Kind.EXPORT);
    } catch (Request.Unusable e) {
      write(context, Reply.problem(400, String.valueOf(e.getMessage())));
      return;
    }
    if (leaf.isEmpty()) {
      write(context, Reply.problem(404, "there is nothing at this path"));
      return;
    }
    give(context, leaf.get(), request);
  }

  private void give(RoutingContext context, Leaf leaf, Request request) {
    Standing now = ports.standing().get();
    boolean here = leaf.isFixed() || now instanceof Standing.Leads;
    Optional<Rendered> ready = here ? ports.editions().ready(leaf) : elsewhere.ready(leaf);
    if (ready.isPresent()) {
      write(context, ready.get().reply(request));
    } else if (here) {
      work(context, () -> ports.editions().newest().leaf(leaf).reply(request));
    } else if (now instanceof Standing.Follows(URI leader)) {
      Context loop = context.vertx().getOrCreateContext();
      elsewhere
          .ask(leaf, leader)
          .map(rendered -> rendered.reply(request))
          .otherwise(_ -> stale(leaf, request))
          .onSuccess(reply -> loop.runOnContext(_ -> write(context, reply)));
    } else {
      write(context, stale(leaf, request));
    }
  }

  private Reply stale(Leaf leaf, Request request) {
    return elsewhere
        .stale(leaf)
        .map(rendered -> rendered.reply(request))
        .orElseGet(
            () -> Reply.problem(503, "nothing is known right now").with("Retry-After", "10"));
  }

  private void work(RoutingContext context, Supplier<Reply> answer) {
    Context loop = context.vertx().getOrCreateContext();
    try {
      workers.execute(
          () -> {
            Reply reply = guarded(answer);
            loop.runOnContext(_ -> write(context, reply));
          });
    } catch (RejectedExecutionException e) {
      write(context, Reply.problem(503, "too many want to read").with("Retry-After", "2"));
    }
  }

  private static Reply guarded(Supplier<Reply> answer) {
    try {
      return answer.get();
    } catch (StoreException e) {
      LOG.warn("public=store_failed error=\"{}\"", e.getMessage());
      return Reply.problem(503, "nothing is known right now").with("Retry-After", "5");
    } catch (RuntimeException e) {
      LOG.error("public=failed error={}", e.toString(), e);
      return Reply.problem(500, "an error of the status page");
    }
  }

  private static void write(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.contentType())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", NOTHING_ELSE)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    reply.headers().forEach(response::putHeader);
    boolean last = reply.status() == 413;
    if (last) {
      response.putHeader("Connection", "close");
    }
    response
        .end(reply.body())
        .onComplete(
            _ -> {
              if (last) {
                Lingering.close(context.vertx(), context.request());
              }
            });
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connection.close();
    }
    connection.closeHandler(_ -> connections.decrementAndGet());
  }

  @Override
  public void close() {
    try {
      server
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("public=not_closed error={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    elsewhere.close();
    workers.shutdownNow();
  }
}
