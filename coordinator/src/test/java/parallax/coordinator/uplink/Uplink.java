package parallax.coordinator.uplink;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import parallax.coordinator.identity.Authority;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.uplink.session.Rules;
import parallax.coordinator.uplink.socket.Door;

/** A server with everything around it, in memory. */
final class Uplink implements AutoCloseable {
  static final long REVISION = 7;

  /** As in operation, with a clock that is asked for often. */
  static final Rules RULES =
      new Rules(
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Rules.USUAL.leastPerSecond(),
          Rules.USUAL.backlogPerSecond(),
          Rules.USUAL.frame(),
          Rules.USUAL.unacknowledged());

  static final UplinkSettings.Bounds BOUNDS =
      new UplinkSettings.Bounds(
          new Door.Limits(4_000, 3_000, 2_000), Duration.ofSeconds(4), Duration.ofSeconds(2));

  final Vertx vertx = Vertx.vertx();
  final KnownTokens tokens = new KnownTokens();
  final Collected intake = new Collected();
  final List<String> steps = new CopyOnWriteArrayList<>();
  final AtomicBoolean outdated = new AtomicBoolean();
  final UplinkServer server;
  private final TestProbe.Way plain;

  Uplink() {
    this(new UplinkSettings("127.0.0.1", 0, Optional.empty(), BOUNDS, RULES), Optional.empty());
  }

  Uplink(UplinkSettings settings, Optional<Authority> authority) {
    server =
        UplinkServer.start(
            settings,
            new UplinkPorts(
                "c1",
                vertx,
                authority.orElse(tokens),
                intake,
                Presence.ALONE,
                outdated::get,
                steps::add,
                InstantSource.system(),
                System::nanoTime));
    server.assign(
        REVISION,
        List.of(
            UplinkSamples.target("shop"),
            UplinkSamples.target("desk", "tokyo"),
            UplinkSamples.target("elsewhere", "paris")));
    plain = way(new WebSocketClientOptions());
  }

  TestProbe.Way way() {
    return plain;
  }

  /** Another way in; to be kept for as long as its sockets are. */
  TestProbe.Way way(WebSocketClientOptions options) {
    return TestProbe.Way.of(vertx, server.port(), options);
  }

  TestProbe connect(String name) {
    return TestProbe.connect(way(), name, KnownTokens.of(name));
  }

  long counted(String name, String... labels) {
    Tally tally =
        server.tallies().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return tally.value(labels);
  }

  @Override
  public void close() {
    server.close();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
