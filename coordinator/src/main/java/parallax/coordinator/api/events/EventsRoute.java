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
import parallax.coordinator.api.exchange.Forwarder;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.StreamRelay;
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
  private final StreamRelay relay;
  private final BiConsumer<RoutingContext, Reply> writer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-events").daemon().factory());

  /**
   * What it needs.
   *
   * @param standing whether it is this coordinator that can tell
   * @param relay brings to pages what the one that leads tells; stays with the caller
   */
  public record Ports(
      Overview overview,
      Store store,
      InstantSource clock,
      Supplier<Standing> standing,
      StreamRelay relay) {}

  /**
   * The route.
   *
   * @param writer writes an answer that is no stream
   */
  public EventsRoute(Ports ports, BiConsumer<RoutingContext, Reply> writer) {
    standing = ports.standing();
    relay = ports.relay();
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
    Standing now = standing.get();
    switch (now) {
      case Standing.Leads _ -> stream(context);
      case Standing.Follows(URI leader) -> elsewhere(context, now, leader);
      case Standing.Waits(String why) ->
          writer.accept(
              context, Reply.problem(503, "no coordinator leads: " + why).with("Retry-After", "5"));
    }
  }

  private static boolean isBrief(HttpServerRequest request) {
    return "true".equals(request.getParam("brief"));
  }

  /** Pages may not ask another coordinator than their own; programs may. */
  private void elsewhere(RoutingContext context, Standing now, URI leader) {
    if (!isBrief(context.request())) {
      writer.accept(
          context,
          Reply.problem(307, "another coordinator leads")
              .with("Location", leader.resolve(PATH).toString()));
      return;
    }
    Optional<Reply> refusal = Forwarder.refusal(now, context.request());
    if (refusal.isPresent()) {
      writer.accept(context, refusal.get());
    } else {
      relay.relay(context, leader, writer);
    }
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
