package parallax.probe.bgp.rislive.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** One client of the local service. Used on its event loop. */
final class LocalClient {
  private static final int QUEUE = 512 * 1024;

  private final LocalRisLive service;
  private final WriteStream<?> out;
  private final Consumer<String> write;
  private final Runnable close;
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private boolean includeRaw;
  private boolean acknowledge;
  private boolean gone;

  private LocalClient(
      LocalRisLive service, WriteStream<?> out, Consumer<String> write, Runnable close) {
    this.service = service;
    this.out = out;
    this.write = write;
    this.close = close;
    out.setWriteQueueMaxSize(QUEUE);
  }

  static LocalClient of(LocalRisLive service, ServerWebSocket socket) {
    LocalClient client =
        new LocalClient(service, socket, frame -> write(service, socket, frame), socket::close);
    socket.textMessageHandler(client::command);
    return client;
  }

  /** Of the stream: what is wanted stands in the request. */
  static LocalClient of(LocalRisLive service, HttpServerRequest request, String filter) {
    HttpServerResponse response = request.response();
    LocalClient client =
        new LocalClient(
            service,
            response,
            frame -> response.write(frame + "\n"),
            () -> request.connection().close());
    client.subscribe(new JsonObject(filter));
    return client;
  }

  private static void write(LocalRisLive service, ServerWebSocket socket, String frame) {
    int size = service.fragmentBytes();
    Buffer bytes = Buffer.buffer(frame);
    if (size >= bytes.length()) {
      socket.writeTextMessage(frame);
      return;
    }
    socket.writeFrame(WebSocketFrame.textFrame(bytes.getString(0, size), false));
    for (int at = size; at < bytes.length() - size; at += size) {
      socket.writeFrame(WebSocketFrame.continuationFrame(bytes.getBuffer(at, at + size), false));
      if (at == size) {
        // Control frames may stand between (RFC 6455 section 5.4).
        socket.writePing(Buffer.buffer("between"));
      }
    }
    int last = size + (bytes.length() - size - 1) / size * size;
    socket.writeFrame(
        WebSocketFrame.continuationFrame(bytes.getBuffer(last, bytes.length()), true));
  }

  private void command(String text) {
    service.noteCommand(text);
    if (service.stalled()) {
      return;
    }
    JsonObject command = new JsonObject(text);
    switch (command.getString("type")) {
      case "ris_subscribe" -> subscribe(command.getJsonObject("data"));
      case "ris_unsubscribe" ->
          subscriptions.remove(Subscription.of(command.getJsonObject("data")));
      case "ping" -> raw("{\"type\":\"pong\",\"data\":null}");
      case "request_rrc_list" -> send("ris_rrc_list", new JsonArray(LocalRisLive.COLLECTORS));
      default -> error("unknown command");
    }
  }

  private void subscribe(JsonObject data) {
    JsonObject options = data.getJsonObject("socketOptions", new JsonObject());
    includeRaw = options.getBoolean("includeRaw", false);
    acknowledge = options.getBoolean("acknowledge", false);
    subscriptions.add(Subscription.of(data));
    if (acknowledge && service.acknowledges()) {
      JsonObject subscription = data.copy();
      subscription.remove("socketOptions");
      send(
          "ris_subscribe_ok",
          new JsonObject().put("subscription", subscription).put("socketOptions", options));
    }
  }

  void error(String message) {
    send("ris_error", new JsonObject().put("message", message));
  }

  private void send(String type, Object data) {
    raw(new JsonObject().put("type", type).put("data", data).encode());
  }

  void raw(String frame) {
    if (!gone) {
      write.accept(frame);
    }
  }

  /** Sends it, unless nobody asked for it. Who reads too slowly is sent away. */
  void offer(Subscription.Offer offer) {
    if (gone || subscriptions.stream().noneMatch(one -> one.wants(offer))) {
      return;
    }
    if (out.writeQueueFull()) {
      error("client too slow");
      close();
      service.noteSlowReader();
      return;
    }
    raw(includeRaw ? offer.frame() : offer.withoutRaw());
  }

  void close() {
    gone = true;
    close.run();
  }

  int subscribed() {
    return subscriptions.size();
  }
}
