package parallax.deploy.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.Versions;

/** A probe that does what it should not: frames written by hand. */
final class RawProbe implements AutoCloseable {
  private static final String PATH = "/uplink/v1";
  private static final int PORT = 8443;
  private static final int FRAME = 4 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();

  /** Kept: a client that is forgotten is closed, and its streams with it. */
  private final WebSocketClient client;

  private final BlockingQueue<CoordinatorFrame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private Optional<WebSocket> socket = Optional.empty();

  /**
   * Opens a stream; what comes of it is for {@link #frame} and {@link #ended} to tell.
   *
   * @param token nothing: without one
   */
  RawProbe(String host, Path authority, Optional<String> token) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost(host).setPort(PORT).setSsl(true).setURI(PATH);
    token.ifPresent(word -> options.putHeader("Authorization", "Bearer " + word));
    CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
                .setMaxFrameSize(FRAME)
                .setMaxMessageSize(FRAME));
    client
        .connect(options)
        .onSuccess(
            stream -> {
              stream.binaryMessageHandler(bytes -> take(bytes.getBytes()));
              stream.closeHandler(
                  _ -> end.complete(stream.closeStatusCode() + " " + stream.closeReason()));
              opened.complete(stream);
            })
        .onFailure(
            why -> {
              end.complete(
                  why instanceof UpgradeRejectedException refused
                      ? "status " + refused.getStatus()
                      : String.valueOf(why.getMessage()));
              opened.completeExceptionally(why);
            });
    try {
      socket = Optional.of(opened.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      socket = Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void take(byte[] bytes) {
    if (CoordinatorFrames.decode(bytes) instanceof Decoded.Good<CoordinatorFrame>(var frame)) {
      frames.add(frame);
    }
  }

  static Vantage vantage(String name) {
    return new Vantage(new ProbeName(name), new Region("tokyo"), Optional.empty());
  }

  void hello(Vantage vantage, long boot) {
    send(
        ProbeFrames.encode(
            new ProbeFrame.Hello(
                Versions.OWN, vantage, "raw/1", boot, Instant.now(), Optional.empty())));
  }

  /** Says that the target was up. */
  void saw(Vantage vantage, long boot, long sequence, String target) {
    Instant now = Instant.now();
    Observation seen =
        new Observation(
            new ObservationId(vantage.probe(), boot, sequence),
            vantage,
            new TargetName(target),
            CheckKind.HTTP,
            Layer.CONTENT,
            now,
            now,
            Duration.ofMillis(5),
            Outcome.up(),
            Timings.NONE,
            Facts.NONE);
    send(ProbeFrames.encode(new ProbeFrame.Observations(boot, vantage, List.of(seen), List.of())));
  }

  void send(byte[] frame) {
    socket.ifPresent(stream -> stream.writeBinaryMessage(Buffer.buffer(frame)));
  }

  /** The next frame of this kind; nothing when none comes. */
  <F extends CoordinatorFrame> Optional<F> frame(Class<F> kind) {
    Instant until = Instant.now().plus(LIMIT);
    try {
      while (Instant.now().isBefore(until)) {
        CoordinatorFrame next = frames.poll(100, TimeUnit.MILLISECONDS);
        if (kind.isInstance(next)) {
          return Optional.of(kind.cast(next));
        }
        if (next == null && end.isDone()) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * How the other side ended it: a status of the handshake, or a close code; nothing: it did not.
   */
  Optional<String> ended() {
    try {
      return Optional.of(end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** One after the other: what the client has to say is lost on a loop that has ended. */
  @Override
  public void close() {
    await(client.close());
    await(vertx.close());
  }

  private static void await(Future<Void> closing) {
    closing
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
