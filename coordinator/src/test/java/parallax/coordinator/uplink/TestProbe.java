package parallax.coordinator.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.Versions;
import parallax.config.wire.WireLimits;

/** A probe as far as a coordinator sees it: frames over a real socket. */
final class TestProbe implements AutoCloseable {
  static final long BOOT = 1_790_000_000_000L;
  private static final int SECONDS = 20;
  private static final int MAX_SOCKETS = 2_000;

  private final ProbeName name;
  private final long boot;
  private final WebSocket socket;
  private final BlockingQueue<CoordinatorFrame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private volatile boolean answering = true;

  private TestProbe(String name, long boot, WebSocket socket) {
    this.name = new ProbeName(name);
    this.boot = boot;
    this.socket = socket;
    socket.binaryMessageHandler(this::received);
    socket.closeHandler(_ -> closed.complete(null));
    socket.exceptionHandler(_ -> {});
    socket.resume();
  }

  /** How to get in; whoever forgets the client loses its sockets. */
  record Way(WebSocketClient client, int port, boolean tls) {
    static Way of(Vertx vertx, int port, WebSocketClientOptions options) {
      return new Way(
          vertx.createWebSocketClient(
              options
                  .setMaxConnections(MAX_SOCKETS)
                  .setMaxFrameSize(WireLimits.MAX_COORDINATOR_FRAME_BYTES)
                  .setMaxMessageSize(WireLimits.MAX_COORDINATOR_FRAME_BYTES)),
          port,
          options.isSsl());
    }
  }

  static TestProbe connect(Way way, String name, Optional<String> token) {
    return connect(way, name, token, BOOT);
  }

  static TestProbe connect(Way way, String name, Optional<String> token, long boot) {
    try {
      return new TestProbe(name, boot, socket(way, token).get(SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The status by which nobody is let in. */
  static int refusal(Way way, Optional<String> token) {
    try {
      socket(way, token).get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UpgradeRejectedException rejected) {
        return rejected.getStatus();
      }
      return 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it was let in");
  }

  static CompletableFuture<WebSocket> socket(Way way, Optional<String> token) {
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(way.port())
            .setURI(UplinkServer.PATH)
            .setSsl(way.tls());
    token.ifPresent(text -> to.addHeader("Authorization", "Bearer " + text));
    return way.client()
        .connect(to)
        .onSuccess(WebSocket::pause)
        .toCompletionStage()
        .toCompletableFuture();
  }

  private void received(Buffer message) {
    switch (CoordinatorFrames.decode(message.getBytes())) {
      case Decoded.Good<CoordinatorFrame>(CoordinatorFrame.Limits _) -> {}
      case Decoded.Good<CoordinatorFrame>(CoordinatorFrame.Ping ping) -> {
        if (answering) {
          Instant now = Instant.now();
          send(
              new ProbeFrame.Pong(
                  ping.id(), now, now, Optional.of(new ProbeFrame.Spooled(7, 1_400))));
        }
      }
      case Decoded.Good<CoordinatorFrame>(CoordinatorFrame frame) -> frames.add(frame);
      case Decoded.Newer<CoordinatorFrame> newer -> throw new AssertionError(newer);
      case Decoded.Bad<CoordinatorFrame> bad -> throw new AssertionError(bad);
    }
  }

  /** Goes on without ever answering a ping. */
  TestProbe mute() {
    answering = false;
    return this;
  }

  TestProbe hello() {
    return hello(name.value());
  }

  /** Says that it is somebody. */
  TestProbe hello(String who) {
    send(
        new ProbeFrame.Hello(
            Versions.OWN, vantage(who), "Parallax 0.1.0", boot, Instant.now(), Optional.empty()));
    return this;
  }

  /** Says hello, and reads on until the assignment is there. */
  TestProbe welcome() {
    hello();
    assertThat(next()).isInstanceOf(CoordinatorFrame.Welcome.class);
    assertThat(next()).isInstanceOf(CoordinatorFrame.Assignment.class);
    return this;
  }

  private static Vantage vantage(String who) {
    return new Vantage(new ProbeName(who), new Region("tokyo"), Optional.empty());
  }

  void observe(String target, long from, long to) {
    send(observations(target, from, to));
  }

  ProbeFrame.Observations observations(String target, long from, long to) {
    List<Observation> looks =
        LongStream.rangeClosed(from, to)
            .mapToObj(sequence -> UplinkSamples.up(vantage(name.value()), boot, target, sequence))
            .toList();
    return new ProbeFrame.Observations(boot, vantage(name.value()), looks, List.of());
  }

  void send(ProbeFrame frame) {
    send(ProbeFrames.encode(frame));
  }

  void send(byte[] frame) {
    socket.writeBinaryMessage(Buffer.buffer(frame));
  }

  /** The next frame that is no ping and no new limit. */
  CoordinatorFrame next() {
    try {
      CoordinatorFrame frame = frames.poll(SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame within " + SECONDS + " s");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CoordinatorFrame.Refused refused() {
    CoordinatorFrame frame = next();
    assertThat(frame).isInstanceOf(CoordinatorFrame.Refused.class);
    return (CoordinatorFrame.Refused) frame;
  }

  boolean hasFrame() {
    return !frames.isEmpty();
  }

  /** Returns when the other side has closed. */
  void awaitClosed() {
    closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  WebSocket socket() {
    return socket;
  }

  @Override
  public void close() {
    socket.close();
  }
}
