package parallax.probe.bgp.rislive.server;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * RIS Live on loopback: the WebSocket and the HTTP stream, with subscriptions, acknowledgements,
 * pings and errors, and with faults at command. Safe from any thread.
 */
public final class LocalRisLive implements AutoCloseable {
  static final List<String> COLLECTORS = List.of("rrc00", "rrc24");
  private static final long SECONDS = 10;
  private static final int SEND_BUFFER = 32 * 1024;

  /** Messages before the event loop may write: no client is slow for these alone. */
  private static final int AT_ONCE = 50;

  private final Vertx vertx;
  private final Context loop;
  private final HttpServer server;
  private final List<LocalClient> clients = new CopyOnWriteArrayList<>();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger slowReaders = new AtomicInteger();
  private volatile int fragmentBytes = Integer.MAX_VALUE;
  private volatile boolean stalled;
  private volatile boolean acknowledges = true;
  private volatile boolean refuses;
  private volatile String firstLine = "";

  private LocalRisLive(int port) {
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    // With one event loop all connections are on the one of this context.
    this.loop = vertx.getOrCreateContext();
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setSendBufferSize(SEND_BUFFER);
    this.server =
        vertx
            .createHttpServer(options)
            .webSocketHandshakeHandler(
                handshake -> {
                  if (refuses) {
                    handshake.reject(503);
                  } else {
                    handshake.accept();
                  }
                })
            .webSocketHandler(this::webSocket)
            .requestHandler(this::stream);
    await(server.listen());
  }

  /** Begins; port 0 stands for any. */
  public static LocalRisLive start(int port) {
    return new LocalRisLive(port);
  }

  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.actualPort() + "/v1/ws/?client=test");
  }

  public URI stream() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/stream/?format=json");
  }

  private void webSocket(ServerWebSocket socket) {
    LocalClient client = LocalClient.of(this, socket);
    socket.exceptionHandler(_ -> client.close());
    socket.closeHandler(_ -> clients.remove(client));
    join(client);
  }

  private void stream(HttpServerRequest request) {
    if (refuses || !"/v1/stream/".equals(request.path())) {
      request.response().setStatusCode(refuses ? 503 : 404).end();
      return;
    }
    String filter = Optional.ofNullable(request.getHeader("X-RIS-Subscribe")).orElse("{}");
    noteCommand(filter);
    HttpServerResponse response = request.response().setChunked(true);
    if (firstLine.isEmpty()) {
      response.writeHead();
    } else {
      response.write(firstLine + "\n");
    }
    LocalClient client = LocalClient.of(this, request, filter);
    response.exceptionHandler(_ -> clients.remove(client));
    response.closeHandler(_ -> clients.remove(client));
    join(client);
  }

  private void join(LocalClient client) {
    connected.incrementAndGet();
    clients.add(client);
  }

  /** Sends these messages to all who asked for them; returns when they are handed over. */
  public void publish(List<String> frames) {
    for (int from = 0; from < frames.size(); from += AT_ONCE) {
      List<Subscription.Offer> offers =
          frames.subList(from, Math.min(frames.size(), from + AT_ONCE)).stream()
              .map(Subscription.Offer::of)
              .toList();
      onEventLoop(client -> offers.forEach(client::offer));
    }
  }

  /** Sends this to everybody, whatever it is. */
  public void send(String text) {
    onEventLoop(client -> client.raw(text));
  }

  /** Tells everybody an error. */
  public void error(String message) {
    onEventLoop(client -> client.error(message));
  }

  /** Ends all connections. */
  public void cut() {
    onEventLoop(LocalClient::close);
  }

  private void onEventLoop(Consumer<LocalClient> act) {
    Promise<Boolean> done = Promise.promise();
    loop.runOnContext(
        _ -> {
          clients.forEach(act);
          done.complete(true);
        });
    await(done.future());
  }

  /** Frames come in pieces of this many bytes. */
  public void fragment(int bytes) {
    fragmentBytes = bytes;
  }

  /** Commands are not answered any more, or are again. */
  public void stall(boolean on) {
    stalled = on;
  }

  /** Subscriptions are acknowledged, or are not. */
  public void acknowledge(boolean on) {
    acknowledges = on;
  }

  /** Nobody may connect, or all may again. */
  public void refuse(boolean on) {
    refuses = on;
  }

  /** What streams begin with: the real one's may begin in the middle of a line. */
  public void firstLine(String text) {
    firstLine = text;
  }

  int fragmentBytes() {
    return fragmentBytes;
  }

  boolean stalled() {
    return stalled;
  }

  boolean acknowledges() {
    return acknowledges;
  }

  void noteCommand(String text) {
    commands.add(text);
  }

  void noteSlowReader() {
    slowReaders.incrementAndGet();
  }

  /** All that clients have said so far; filters of streams as they stood in the header. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** How many connections stand. */
  public int clients() {
    return clients.size();
  }

  /** How many were ever made. */
  public int connected() {
    return connected.get();
  }

  /** How many subscriptions are in force. */
  public int subscriptions() {
    return clients.stream().mapToInt(LocalClient::subscribed).sum();
  }

  public int slowReaders() {
    return slowReaders.get();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
