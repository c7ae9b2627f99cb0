package parallax.probe.uplink;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parallax.config.observation.Observation;
import parallax.config.target.Target;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;

/** Speaks the coordinator's side of the wire form, well or badly, as a test says. */
final class FakeCoordinator implements AutoCloseable {
  static final Limits LIMITS = new Limits(64 * 1024, 100, 10_000, 1_000);

  private final Vertx vertx;
  private final HttpServer server;
  private final ConcurrentLinkedQueue<ProbeFrame> frames = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> points = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final SortedMap<String, Integer> received =
      Collections.synchronizedSortedMap(new TreeMap<>());
  private final AtomicReference<Predicate<String>> goesOn = new AtomicReference<>(_ -> true);
  private final AtomicReference<Predicate<String>> admits = new AtomicReference<>(_ -> true);
  private final AtomicReference<List<byte[]>> assignment = new AtomicReference<>(List.of());
  private final AtomicReference<Limits> limits = new AtomicReference<>(LIMITS);
  private final AtomicReference<Consumer<ServerWebSocket>> onWelcome =
      new AtomicReference<>(_ -> {});
  private volatile boolean acks = true;

  FakeCoordinator(Vertx vertx, HttpServerOptions options) {
    this.vertx = vertx;
    HttpServerOptions bounded =
        options
            .setHost("127.0.0.1")
            .setMaxWebSocketFrameSize(1 << 20)
            .setMaxWebSocketMessageSize(1 << 20);
    HttpServer made = vertx.createHttpServer(bounded);
    made.webSocketHandshakeHandler(
        handshake -> {
          String authorization = String.valueOf(handshake.headers().get("Authorization"));
          authorizations.add(authorization);
          if (admits.get().test(authorization)) {
            handshake.accept();
          } else {
            handshake.reject(401);
          }
        });
    made.webSocketHandler(this::opened);
    this.server = await(() -> made.listen().await(10, TimeUnit.SECONDS));
  }

  FakeCoordinator(Vertx vertx) {
    this(vertx, new HttpServerOptions().setPort(0));
  }

  private interface Waiting<T> {
    T await() throws TimeoutException;
  }

  private static <T> T await(Waiting<T> waiting) {
    try {
      return waiting.await();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.actualPort();
  }

  /** At each point ("opened", "hello", "welcomed", ...), whether the stream goes on. */
  void goingOn(Predicate<String> test) {
    goesOn.set(test);
  }

  void admitting(Predicate<String> test) {
    admits.set(test);
  }

  void assigning(long revision, List<Target> targets, int maxBytes) {
    assignment.set(CoordinatorFrames.assignment(revision, targets, maxBytes));
  }

  void limiting(Limits other) {
    limits.set(other);
  }

  void acknowledging(boolean on) {
    acks = on;
  }

  void afterWelcome(Consumer<ServerWebSocket> then) {
    onWelcome.set(then);
  }

  private boolean reached(ServerWebSocket socket, String point) {
    points.add(point);
    if (socket.isClosed()) {
      return false;
    }
    if (!goesOn.get().test(point)) {
      // Not a goodbye: the connection breaks.
      socket.close((short) 1011);
      return false;
    }
    return true;
  }

  private void opened(ServerWebSocket socket) {
    if (reached(socket, "opened")) {
      socket.binaryMessageHandler(message -> came(socket, message.getBytes()));
      socket.exceptionHandler(_ -> {});
    }
  }

  private void came(ServerWebSocket socket, byte[] bytes) {
    if (!(ProbeFrames.decode(bytes) instanceof Decoded.Good<ProbeFrame>(ProbeFrame frame))) {
      points.add("bad frame");
      return;
    }
    frames.add(frame);
    switch (frame) {
      case ProbeFrame.Hello _ -> {
        if (reached(socket, "hello")) {
          say(socket, new CoordinatorFrame.Welcome(1, limits.get()));
          onWelcome.get().accept(socket);
          if (reached(socket, "welcomed")) {
            assignment.get().forEach(part -> socket.writeBinaryMessage(Buffer.buffer(part)));
          }
        }
      }
      case ProbeFrame.Observations batch -> observed(socket, batch);
      case ProbeFrame.AssignmentAccepted _ -> reached(socket, "accepted");
      case ProbeFrame.Pong _ -> reached(socket, "pong");
      case ProbeFrame.Drops _ -> reached(socket, "drops");
      case ProbeFrame.Bye _ -> reached(socket, "bye");
    }
  }

  /** As coordinators do: an ack for each stretch of numbers without gaps. */
  private void acknowledge(ServerWebSocket socket, ProbeFrame.Observations batch) {
    List<Long> numbers = batch.observations().stream().map(each -> each.id().sequence()).toList();
    long first = numbers.getFirst();
    for (int at = 0; at < numbers.size(); at++) {
      long number = numbers.get(at);
      if (at + 1 == numbers.size() || numbers.get(at + 1) != number + 1) {
        say(socket, new CoordinatorFrame.Ack(batch.boot(), first, number));
        first = at + 1 == numbers.size() ? number : numbers.get(at + 1);
      }
    }
  }

  private void observed(ServerWebSocket socket, ProbeFrame.Observations batch) {
    if (!reached(socket, "observations")) {
      return;
    }
    for (Observation observation : batch.observations()) {
      received.merge(
          batch.boot() + "/" + observation.target() + "/" + observation.scheduled(),
          1,
          Integer::sum);
    }
    if (acks && reached(socket, "stored")) {
      acknowledge(socket, batch);
      reached(socket, "acked");
    }
  }

  static void say(ServerWebSocket socket, CoordinatorFrame frame) {
    if (!socket.isClosed()) {
      socket.writeBinaryMessage(Buffer.buffer(CoordinatorFrames.encode(frame)));
    }
  }

  static CoordinatorFrame ping(long id) {
    return new CoordinatorFrame.Ping(id, Instant.EPOCH);
  }

  List<ProbeFrame> frames() {
    return List.copyOf(frames);
  }

  <F extends ProbeFrame> List<F> frames(Class<F> kind) {
    return frames.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<String> points() {
    return List.copyOf(points);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** How often each observation came and was kept. */
  SortedMap<String, Integer> received() {
    synchronized (received) {
      return new TreeMap<>(received);
    }
  }

  List<Integer> sizes() {
    return new ArrayList<>(
        frames(ProbeFrame.Observations.class).stream().map(b -> b.observations().size()).toList());
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    await(() -> server.close().await(10, TimeUnit.SECONDS));
  }
}
