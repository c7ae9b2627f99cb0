package parallax.probe.uplink.wire;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import parallax.config.wire.CoordinatorFrame.Refused;

/** One WebSocket and the client that made it. */
final class WebSocketLine implements Line {
  /** With more than this waiting to be written, no more is sent. */
  static final long MAX_UNWRITTEN_BYTES = 1024 * 1024;

  /** For the closing handshake, and for what is still to be written before. */
  private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

  private final Dialer.Listener listener;
  private final InstantSource clock;
  private final AtomicLong unwritten = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean standing = new AtomicBoolean();
  private final AtomicReference<Optional<WebSocketClient>> client =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Context>> loop = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<ClientWebSocket>> socket =
      new AtomicReference<>(Optional.empty());

  WebSocketLine(Dialer.Listener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  void connect(WebSocketClient maker, WebSocketConnectOptions request) {
    client.set(Optional.of(maker));
    ClientWebSocket made = maker.webSocket();
    made.binaryMessageHandler(message -> came(made, message))
        .textMessageHandler(_ -> listener.told(new LineEvent.Improper("a text message")))
        .exceptionHandler(failure -> end(Refused.Why.UNSPECIFIED, WebSocketDialer.words(failure)))
        .closeHandler(_ -> end(Refused.Why.UNSPECIFIED, closed(made)));
    socket.set(Optional.of(made));
    made.connect(request)
        .onSuccess(_ -> opened())
        .onFailure(failure -> end(WebSocketDialer.why(failure), WebSocketDialer.words(failure)));
  }

  private void opened() {
    standing.set(true);
    if (closing.get()) {
      close();
    } else {
      listener.told(new LineEvent.Opened());
    }
  }

  private static String closed(ClientWebSocket made) {
    Short status = made.closeStatusCode();
    return "the stream was closed" + (status == null ? "" : ", status " + status);
  }

  private void came(ClientWebSocket made, Buffer message) {
    loop.set(Optional.ofNullable(Vertx.currentContext()));
    if (!ended.get() && !listener.told(new LineEvent.Came(message, clock.instant()))) {
      made.pause();
    }
  }

  /** On the loop that paused it, after it has done so: the other way round it would stay paused. */
  @Override
  public void resume() {
    loop.get()
        .ifPresent(on -> on.runOnContext(_ -> socket.get().ifPresent(ClientWebSocket::resume)));
  }

  @Override
  public boolean hasRoom() {
    return !ended.get() && unwritten.get() < MAX_UNWRITTEN_BYTES;
  }

  @Override
  public void send(byte[] frame, boolean observations) {
    if (ended.get() || closing.get()) {
      return;
    }
    unwritten.addAndGet(frame.length);
    socket
        .get()
        .ifPresent(
            made ->
                made.writeBinaryMessage(Buffer.buffer(frame))
                    .onComplete(
                        written -> {
                          unwritten.addAndGet(-frame.length);
                          if (written.succeeded()) {
                            listener.told(new LineEvent.Written(observations));
                          }
                        }));
  }

  /** Tells the end, once, and gives back what the stream held. */
  void end(Refused.Why why, String words) {
    if (ended.compareAndSet(false, true)) {
      listener.told(new LineEvent.Ended(why, words));
      client.get().ifPresent(WebSocketClient::close);
    }
  }

  @Override
  public void close() {
    closing.set(true);
    Optional<ClientWebSocket> made = socket.get();
    boolean open = made.isPresent() && standing.get() && !ended.get();
    if (open) {
      made.get()
          .shutdown(CLOSING_TIME, (short) 1000, "")
          .onComplete(_ -> end(Refused.Why.UNSPECIFIED, "closed"));
    } else {
      end(Refused.Why.UNSPECIFIED, "closed");
    }
  }
}
