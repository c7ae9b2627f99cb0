package parallax.coordinator.api.events;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Standing;

/** Changes of verdicts and incidents as they come, as server-sent events. */
public final class EventsRoute implements AutoCloseable {
  public static final String PATH = "/api/v1/events";

  /** How often snapshots are compared. */
  static final Duration TICK = Duration.ofMillis(250);

  /** How often something is sent though nothing changes. */
  static final Duration BEAT = Duration.ofSeconds(15);

  /** Longer ids are none of ours. */
  private static final int MAX_ID = 64;

  private static final Logger LOG = LoggerFactory.getLogger(EventsRoute.class);

  private final Hub hub;
  private final Supplier<Standing> standing;
  private final BiConsumer<RoutingContext, Reply> writer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-events").daemon().factory());

  /**
   * What it needs.
   *
   * @param standing whether it is this coordinator that can tell
   */
  public record Ports(
      Overview overview, Store store, InstantSource clock, Supplier<Standing> standing) {}

  /**
   * The route.
   *
   * @param writer writes an answer that is no stream
   */
  public EventsRoute(Ports ports, BiConsumer<RoutingContext, Reply> writer) {
    standing = ports.standing();
    this.writer = writer;
    hub = new Hub(ports.overview(), ports.store(), ports.clock(), standing);
    every(TICK, hub::tick);
    every(BEAT, hub::beat);
  }

  private void every(Duration time, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.error("events=failed error={}", e.toString(), e);
              }
            },
            time.toMillis(),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Before all that ends requests which take long. */
  public void on(Router router) {
    router.route(PATH).method(HttpMethod.GET).useNormalizedPath(false).handler(this::listen);
  }

  private void listen(RoutingContext context) {
    switch (standing.get()) {
      case Standing.Leads _ -> stream(context);
      case Standing.Follows(URI leader) ->
          writer.accept(
              context,
              Reply.problem(307, "another coordinator leads")
                  .with("Location", leader.resolve(place(context.request())).toString()));
      case Standing.Waits(String why) ->
          writer.accept(
              context, Reply.problem(503, "no coordinator leads: " + why).with("Retry-After", "5"));
    }
  }

  private static boolean isBrief(HttpServerRequest request) {
    return "true".equals(request.getParam("brief"));
  }

  private static String place(HttpServerRequest request) {
    return isBrief(request) ? PATH + "?brief=true" : PATH;
  }

  private void stream(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    Listener listener =
        new Listener(
            response,
            context.vertx().getOrCreateContext(),
            isBrief(request),
            new AtomicInteger(),
            new AtomicInteger(),
            gone -> {
              hub.leave(gone);
              request.connection().close();
            });
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Referrer-Policy", "no-referrer")
        .closeHandler(_ -> hub.leave(listener));
    Optional<String> last =
        Optional.ofNullable(request.getHeader("Last-Event-ID"))
            .filter(id -> !id.isEmpty() && id.length() <= MAX_ID);
    if (!hub.join(listener, last)) {
      response.setChunked(false);
      writer.accept(
          context,
          Reply.problem(503, "too many listen already: " + Hub.MAX_LISTENERS)
              .with("Retry-After", "30"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    hub.close();
  }
}
