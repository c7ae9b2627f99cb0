package parallax.coordinator.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.access.Door;
import parallax.coordinator.api.access.Reception;
import parallax.coordinator.api.events.EventsRoute;
import parallax.coordinator.api.exchange.Forwarder;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.exchange.StreamRelay;
import parallax.coordinator.api.exchange.Workers;
import parallax.coordinator.api.exchange.Writing;
import parallax.coordinator.api.forms.FormRoutes;
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

  private final Router router;
  private final HttpServer server;
  private final List<Endpoint> endpoints;
  private final DeedRoutes deeds;
  private final SlackRoute slack;
  private final Reception reception;
  private final FormRoutes forms;
  private final EventsRoute events;
  private final Supplier<Standing> standing;
  private final Drills drills;
  private final Publication publication;
  private final Forwarder forwarder;
  private final StreamRelay relay;
  private final AtomicInteger connections = new AtomicInteger();
  private final Workers workers = new Workers("parallax-api", WORKERS, MAX_WAITING);

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
    reception =
        new Reception(
            new Reception.Ports(
                sources.overview(),
                sources.store(),
                sources.clock(),
                sources.nanos(),
                workers::work));
    Door door = reception.door();
    forms =
        new FormRoutes(
            new FormRoutes.Ports(door, sources.clock(), workers::work, Writing::write),
            offer.deeds(),
            reception.frame());
    deeds =
        new DeedRoutes(
            offer.deeds(),
            endpoints.stream().map(Endpoint::path).toList(),
            door,
            sources.clock(),
            new DeedRoutes.Answering(workers::work, this::lead, Writing::write));
    slack =
        new SlackRoute(
            new SlackRoute.Ports(
                () -> sources.overview().configuration().configuration().receivers(),
                sources.store(),
                sources.clock(),
                (context, answer) ->
                    workers.work(context, () -> Answers.guarded(SlackRoute.PATH, answer::get)),
                Writing::write));
    events =
        new EventsRoute(
            new EventsRoute.Ports(
                sources.overview(), sources.store(), sources.clock(), standing, relay),
            Writing::write);
    router = router(vertx, new PullRoute(sources.hook(), this::lead, Writing::write));
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_URI)
            .setMaxHeaderSize(MAX_HEADERS)
            .setIdleTimeout(Math.toIntExact(IDLE.toSeconds()))
            .setMaxFormAttributeSize(Math.toIntExact(MAX_BODY))
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
    reception.start();
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** What the public sees, for a listener of its own. */
  public Publication publication() {
    return publication;
  }

  @Override
  public void close() {
    drills.close();
    reception.close();
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
    workers.close();
  }

  /** The paths that are answered, as the API description writes them. */
  List<String> paths() {
    return Stream.of(
            endpoints.stream().map(Endpoint::path),
            deeds.paths(),
            forms.paths(),
            reception.paths(),
            LOCKS.keySet().stream())
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
    reception.guard(all, LOCKS, EventsRoute.PATH);
    events.on(all);
    all.route().handler(TimeoutHandler.create(TIMEOUT.toMillis()));
    pulling.on(all);
    slack.on(all);
    all.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    deeds.on(all);
    reception.on(all);
    forms.on(all);
    publication.form().on(all, new ReportForm.Answering(workers::work, Writing::write));
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
            Writing.write(
                context, error.getKey() == 405 ? reply.with("Allow", "GET, HEAD") : reply);
          });
    }
    all.errorHandler(500, ApiServer::broken);
    return all;
  }

  /** What routes need that are neither read nor done like the others. */
  private static final Map<String, Need> LOCKS =
      Map.of(
          EventsRoute.PATH,
          Need.VIEWER,
          // These three know by themselves who may.
          PullRoute.PATH,
          Need.PUBLIC,
          SlackRoute.PATH,
          Need.PUBLIC,
          ReportForm.PATH,
          Need.PUBLIC);

  private void serveIfMeant(RoutingContext context, Endpoint endpoint) {
    if (endpoint.isMeantBy(orEmpty(context.request().path()))) {
      serve(context, endpoint);
    } else {
      context.next();
    }
  }

  private void serve(RoutingContext context, Endpoint endpoint) {
    Optional<Visitor> visitor = reception.door().admit(context, endpoint.need());
    if (visitor.isEmpty()) {
      return;
    }
    Standing now = standing.get();
    if (!endpoint.isForAll() && !(now instanceof Standing.Leads)) {
      serveElsewhere(context, now);
      return;
    }
    Request request = Request.of(context.request(), visitor.get());
    if (endpoint.where() == Endpoint.Where.EVENT_LOOP) {
      Writing.write(context, answer(endpoint, request));
      return;
    }
    Optional<Reply> made = endpoint.kept().of(request, false);
    if (made.isPresent()) {
      Writing.write(context, made.get());
      return;
    }
    workers.work(
        context,
        () -> answer(endpoint, request),
        () -> endpoint.kept().of(request, true).orElse(Workers.BUSY));
  }

  /** Answers who was read whole and may have it done, here or by the coordinator that leads. */
  private void lead(RoutingContext context, Supplier<Reply> answer) {
    Standing now = standing.get();
    if (now instanceof Standing.Leads) {
      workers.work(context, answer);
    } else {
      serveElsewhere(context, now);
    }
  }

  private void serveElsewhere(RoutingContext context, Standing now) {
    Optional<Reply> refusal = Forwarder.refusal(now, context.request());
    if (refusal.isPresent()) {
      Writing.write(context, refusal.get());
    } else if (now instanceof Standing.Follows(URI leader)) {
      forwarder.forward(context, leader, Writing::write);
    }
  }

  private static Reply answer(Endpoint endpoint, Request request) {
    return Answers.guarded(endpoint.path(), () -> endpoint.answer().to(request));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void broken(RoutingContext context) {
    Throwable failure = context.failure();
    LOG.error("api=failed path={} error={}", context.request().path(), String.valueOf(failure));
    Writing.write(context, Reply.problem(500, "an error of Parallax; its log says more"));
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connection.close();
    }
    connection.closeHandler(_ -> connections.decrementAndGet());
  }
}
