package parallax.deploy.demo.net;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two collectors with twelve peers each, in the manner of RIS Live: who asks for prefixes is told
 * their routes, what changes, and now and then what stays. Safe from any thread.
 */
final class RouteCollectors {
  private static final List<String> COLLECTORS = List.of("rrc00", "rrc24");
  private static final int PEERS = 12;
  private static final long FIRST_PEER = 64_601;
  private static final long TRANSIT = 64_700;
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final int MAX_LISTENERS = 64;
  private static final int MAX_WANTED = 1_000;

  /** Digits behind the point of a time in seconds. */
  private static final int MILLIS = 3;

  private final Vertx vertx;
  private final InstantSource clock;
  private final Map<String, Long> announced = new TreeMap<>();
  private final Map<ServerWebSocket, NavigableSet<String>> listeners = new LinkedHashMap<>();
  private int turn;

  RouteCollectors(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Begins to tell what stays. */
  void start() {
    vertx.setPeriodic(BEAT.toMillis(), _ -> beat());
  }

  /** All peers have a route to the prefix, which ends at {@code origin}. */
  synchronized void announce(String prefix, long origin) {
    announced.put(prefix, origin);
    for (Map.Entry<ServerWebSocket, NavigableSet<String>> listener : listeners.entrySet()) {
      if (listener.getValue().contains(prefix)) {
        all(listener.getKey(), List.of(prefix));
      }
    }
  }

  /** No peer has a route to these any more. */
  synchronized void withdraw(List<String> prefixes) {
    prefixes.forEach(announced::remove);
    for (Map.Entry<ServerWebSocket, NavigableSet<String>> listener : listeners.entrySet()) {
      List<String> told = prefixes.stream().filter(listener.getValue()::contains).toList();
      for (int peer = 0; peer < COLLECTORS.size() * PEERS && !told.isEmpty(); peer++) {
        JsonObject data =
            update(peer)
                .put("announcements", new JsonArray())
                .put("withdrawals", new JsonArray(told));
        send(listener.getKey(), "ris_message", data);
      }
    }
  }

  /** Somebody who listens. */
  synchronized void accept(ServerWebSocket socket) {
    if (listeners.size() >= MAX_LISTENERS) {
      socket.close();
      return;
    }
    listeners.put(socket, new TreeSet<>());
    socket.exceptionHandler(_ -> leave(socket));
    socket.closeHandler(_ -> leave(socket));
    socket.textMessageHandler(text -> told(socket, text));
  }

  private synchronized void leave(ServerWebSocket socket) {
    listeners.remove(socket);
  }

  private synchronized void told(ServerWebSocket socket, String text) {
    JsonObject asked;
    try {
      asked = new JsonObject(text);
    } catch (DecodeException e) {
      send(socket, "ris_error", new JsonObject().put("message", "not an object"));
      return;
    }
    switch (asked.getString("type", "")) {
      case "ris_subscribe" -> subscribe(socket, asked.getJsonObject("data", new JsonObject()));
      case "ris_unsubscribe" ->
          wanted(socket).removeAll(prefixes(asked.getJsonObject("data", new JsonObject())));
      case "ping" -> send(socket, "pong", new JsonObject());
      case "request_rrc_list" -> send(socket, "ris_rrc_list", new JsonArray(COLLECTORS));
      default -> send(socket, "ris_error", new JsonObject().put("message", "unknown command"));
    }
  }

  private void subscribe(ServerWebSocket socket, JsonObject data) {
    List<String> news =
        prefixes(data).stream().limit(MAX_WANTED).filter(wanted(socket)::add).toList();
    JsonObject subscription = data.copy();
    subscription.remove("socketOptions");
    send(socket, "ris_subscribe_ok", new JsonObject().put("subscription", subscription));
    all(socket, news.stream().filter(announced::containsKey).toList());
  }

  private NavigableSet<String> wanted(ServerWebSocket socket) {
    return listeners.getOrDefault(socket, new TreeSet<>());
  }

  private static List<String> prefixes(JsonObject data) {
    List<String> prefixes = new ArrayList<>();
    switch (data.getValue("prefix")) {
      case JsonArray many -> many.forEach(one -> prefixes.add(String.valueOf(one)));
      case String one -> prefixes.add(one);
      case null, default -> {}
    }
    return prefixes;
  }

  /** The routes of all peers. */
  private void all(ServerWebSocket socket, List<String> prefixes) {
    for (int peer = 0; peer < COLLECTORS.size() * PEERS; peer++) {
      tell(socket, peer, prefixes);
    }
  }

  /** At each collector the next peer tells again what it has. */
  private synchronized void beat() {
    turn = (turn + 1) % PEERS;
    for (Map.Entry<ServerWebSocket, NavigableSet<String>> listener : listeners.entrySet()) {
      if (listener.getKey().writeQueueFull()) {
        // Told again with the next turn; what changes is told however slowly it is read.
        continue;
      }
      List<String> known = listener.getValue().stream().filter(announced::containsKey).toList();
      for (int collector = 0; collector < COLLECTORS.size(); collector++) {
        tell(listener.getKey(), collector * PEERS + turn, known);
      }
    }
  }

  private void tell(ServerWebSocket socket, int peer, List<String> prefixes) {
    Map<Long, JsonArray> byOrigin = new TreeMap<>();
    for (String prefix : prefixes) {
      byOrigin
          .computeIfAbsent(announced.getOrDefault(prefix, 0L), _ -> new JsonArray())
          .add(prefix);
    }
    byOrigin.forEach(
        (origin, list) -> {
          JsonObject data =
              update(peer)
                  .put(
                      "path",
                      new JsonArray().add(FIRST_PEER + peer % PEERS).add(TRANSIT).add(origin))
                  .put("origin", "IGP")
                  .put(
                      "announcements",
                      new JsonArray()
                          .add(
                              new JsonObject()
                                  .put("next_hop", address(peer))
                                  .put("prefixes", list)))
                  .put("withdrawals", new JsonArray());
          send(socket, "ris_message", data);
        });
  }

  private JsonObject update(int peer) {
    return new JsonObject()
        // As a double it would have an exponent, which the real ones never have.
        .put("timestamp", BigDecimal.valueOf(clock.millis(), MILLIS))
        .put("peer", address(peer))
        .put("peer_asn", Long.toString(FIRST_PEER + peer % PEERS))
        .put("id", "demo")
        .put("host", COLLECTORS.get(peer / PEERS) + ".ripe.net")
        .put("type", "UPDATE");
  }

  private static String address(int peer) {
    return "198.51.100." + (peer + 1);
  }

  private static void send(ServerWebSocket socket, String type, Object data) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(new JsonObject().put("type", type).put("data", data).encode());
    }
  }
}
