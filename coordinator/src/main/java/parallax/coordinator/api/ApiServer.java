package parallax.coordinator.api;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.api.events.EventsRoute;
import parallax.coordinator.api.exchange.Forwarder;
import parallax.coordinator.api.exchange.Lingering;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.exchange.StreamRelay;
import parallax.coordinator.api.slack.SlackRoute;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.drill.Drills;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.status.serve.Publication;
import parallax.coordinator.status.serve.ReportForm;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Standing;

/** Serves the API, the metrics and the page. Whatever may block runs on a few worker threads. */
public final class ApiServer implements AutoCloseable {
  /** The longest request line. */
  static final int MAX_URI = 4096;

  static final int MAX_HEADERS = 16 * 1024;
  static final long MAX_BODY = 64 * 1024;

  /** Connections beyond these are closed at once. */
  static final int MAX_CONNECTIONS = 1000;

  static final int WORKERS = 4;

  /** Requests that wait for a worker; further ones are asked to come back. */
  static final int MAX_WAITING = 64;

  static final Duration IDLE = Duration.ofSeconds(60);

  /** The longest a request may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final Reply BUSY =
      Reply.problem(503, "too many requests wait").with("Retry-After", "1");
  private static final String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'";

  private final Router router;
  private final HttpServer server;
  private final List<Endpoint> endpoints;
  private final DeedRoutes deeds;
  private final SlackRoute slack;
  private final EventsRoute events;
  private final Supplier<Standing> standing;
  private final Drills drills;
  private final Publication publication;
  private final Forwarder forwarder;
  private final StreamRelay relay;
  private final AtomicInteger connections = new AtomicInteger();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("parallax-api-", 0).daemon().factory());

  /**
   * What is served.
   *
   * @param standing whether it is this coordinator that can tell
   * @param clock by which what people do is dated
   * @param hook who may have the configuration asked for; empty: nobody
   * @param runner does what runbooks say; stays with the caller
   */
  public record Sources(
      Overview overview,
      Store store,
      MetricsPage metrics,
      LongSupplier nanos,
      InstantSource clock,
      Supplier<Standing> standing,
      Optional<PullHook> hook,
      Runner runner) {

    /** Of a machine that allows no commands. */
    public Sources(
        Overview overview,
        Store store,
        MetricsPage metrics,
        LongSupplier nanos,
        InstantSource clock,
        Supplier<Standing> standing,
        Optional<PullHook> hook) {
      this(
          overview,
          store,
          metrics,
          nanos,
          clock,
          standing,
          hook,
          new Runner(
              new Runner.Ports(store, clock, nanos, LocalCommands.NONE, overview.version())));
    }

    /** Of a coordinator that is alone. */
    public Sources(
        Overview overview,
        Store store,
        MetricsPage metrics,
        LongSupplier nanos,
        InstantSource clock) {
      this(overview, store, metrics, nanos, clock, Standing.Leads::new, Optional.empty());
    }
  }

  public ApiServer(Vertx vertx, Sources sources) {
    workers.allowCoreThreadTimeOut(true);
    standing = sources.standing();
    forwarder = new Forwarder(vertx, TIMEOUT);
    relay = new StreamRelay(vertx);
    drills =
        new Drills(
            new Drills.Ports(
                sources.overview(),
                sources.store(),
                sources.clock(),
                sources.nanos(),
                () -> standing.get() instanceof Standing.Leads));
    publication =
        Publication.of(sources.overview(), sources.store(), sources.clock(), sources.nanos());
    Offer offer = Offer.of(sources, drills, publication);
    endpoints = offer.endpoints();
    deeds =
        new DeedRoutes(
            offer.deeds(),
            endpoints.stream().map(Endpoint::path).toList(),
            sources.overview(),
            sources.clock(),
            new DeedRoutes.Answering(this::work, this::lead, ApiServer::write));
    slack =
        new SlackRoute(
            new SlackRoute.Ports(
                () -> sources.overview().configuration().configuration().receivers(),
                sources.store(),
                sources.clock(),
                (context, answer) ->
                    work(context, () -> Answers.guarded(SlackRoute.PATH, answer::get)),
                ApiServer::write));
    events =
        new EventsRoute(
            new EventsRoute.Ports(
                sources.overview(), sources.store(), sources.clock(), standing, relay),
            ApiServer::write);
    router = router(vertx, new PullRoute(sources.hook(), this::lead, ApiServer::write));
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_URI)
            .setMaxHeaderSize(MAX_HEADERS)
            .setIdleTimeout(Math.toIntExact(IDLE.toSeconds()))
            .setHandle100ContinueAutomatically(true);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .invalidRequestHandler(Answers::invalid)
            .requestHandler(router);
  }

  /** Listens; the port is chosen when 0 is asked for. */
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** What the public sees, for a listener of its own. */
  public Publication publication() {
    return publication;
  }

  @Override
  public void close() {
    drills.close();
    events.close();
    try {
      server
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("api=not_closed error={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forwarder.close();
    relay.close();
    workers.shutdownNow();
  }

  /** The paths that are answered, as the API description writes them. */
  List<String> paths() {
    return Stream.of(
            endpoints.stream().map(Endpoint::path),
            deeds.paths(),
            Stream.of(EventsRoute.PATH, PullRoute.PATH, SlackRoute.PATH, ReportForm.PATH))
        .flatMap(all -> all)
        .distinct()
        .toList();
  }

  /** Every route of the router that stands for a path, as the router writes it. */
  List<String> routes() {
    return router.getRoutes().stream()
        .flatMap(route -> Stream.ofNullable(route.getPath()))
        .distinct()
        .toList();
  }

  private Router router(Vertx vertx, PullRoute pulling) {
    Router all = Router.router(vertx);
    events.on(all);
    all.route().handler(TimeoutHandler.create(TIMEOUT.toMillis()));
    pulling.on(all);
    slack.on(all);
    all.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    deeds.on(all);
    publication.form().on(all, new ReportForm.Answering(this::work, ApiServer::write));
    for (Endpoint endpoint : endpoints) {
      all.route(endpoint.routerPath())
          .useNormalizedPath(false)
          .method(HttpMethod.GET)
          .method(HttpMethod.HEAD)
          .handler(context -> serveIfMeant(context, endpoint));
    }
    for (Map.Entry<Integer, String> error : Answers.ERRORS.entrySet()) {
      all.errorHandler(
          error.getKey(),
          context -> {
            Reply reply = Reply.problem(error.getKey(), error.getValue());
            write(context, error.getKey() == 405 ? reply.with("Allow", "GET, HEAD") : reply);
          });
    }
    all.errorHandler(500, ApiServer::broken);
    return all;
  }

  private void serveIfMeant(RoutingContext context, Endpoint endpoint) {
    if (endpoint.isMeantBy(orEmpty(context.request().path()))) {
      serve(context, endpoint);
    } else {
      context.next();
    }
  }

  private void serve(RoutingContext context, Endpoint endpoint) {
    Standing now = standing.get();
    if (!endpoint.isForAll() && !(now instanceof Standing.Leads)) {
      serveElsewhere(context, now);
      return;
    }
    Request request = Request.of(context.request());
    if (endpoint.where() == Endpoint.Where.EVENT_LOOP) {
      write(context, answer(endpoint, request));
      return;
    }
    Optional<Reply> made = endpoint.kept().of(request, false);
    if (made.isPresent()) {
      write(context, made.get());
      return;
    }
    work(
        context,
        () -> answer(endpoint, request),
        () -> endpoint.kept().of(request, true).orElse(BUSY));
  }

  /** Answers who was read whole and may have it done, here or by the coordinator that leads. */
  private void lead(RoutingContext context, Supplier<Reply> answer) {
    Standing now = standing.get();
    if (now instanceof Standing.Leads) {
      work(context, answer);
    } else {
      serveElsewhere(context, now);
    }
  }

  private void work(RoutingContext context, Supplier<Reply> answer) {
    work(context, answer, () -> BUSY);
  }

  /** Has it answered by a worker, or by what there is when too many wait for one. */
  private void work(RoutingContext context, Supplier<Reply> answer, Supplier<Reply> otherwise) {
    Context loop = context.vertx().getOrCreateContext();
    try {
      workers.execute(
          () -> {
            Reply reply = answer.get();
            loop.runOnContext(_ -> write(context, reply));
          });
    } catch (RejectedExecutionException e) {
      write(context, otherwise.get());
    }
  }

  private void serveElsewhere(RoutingContext context, Standing now) {
    Optional<Reply> refusal = Forwarder.refusal(now, context.request());
    if (refusal.isPresent()) {
      write(context, refusal.get());
    } else if (now instanceof Standing.Follows(URI leader)) {
      forwarder.forward(context, leader, ApiServer::write);
    }
  }

  private static Reply answer(Endpoint endpoint, Request request) {
    return Answers.guarded(endpoint.path(), () -> endpoint.answer().to(request));
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
    // A client that went away is no concern of ours.
    response
        .end(reply.body())
        .onComplete(
            _ -> {
              if (last) {
                Lingering.close(context.vertx(), context.request());
              }
            });
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void broken(RoutingContext context) {
    Throwable failure = context.failure();
    LOG.error("api=failed path={} error={}", context.request().path(), String.valueOf(failure));
    write(context, Reply.problem(500, "an error of Parallax; its log says more"));
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connection.close();
    }
    connection.closeHandler(_ -> connections.decrementAndGet());
  }
}
