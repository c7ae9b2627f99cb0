package parallax.deploy.endtoend.routes;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Speaks as RIS Live does, and says what a file holds, piece by piece. */
final class Collectors implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /**
   * A route to a prefix that has nothing to do with anything, which each of the collectors tells
   * over and over: not that it goes, for who only withdraws is not believed.
   */
  private static final Pattern UNRELATED =
      Pattern.compile(
          "\"host\":\"([^\"]+)\".*\"prefixes\":\\[\"203\\.0\\.113\\.[0-9./]+\"]}],\"withdrawals\":\\[]");

  private final Vertx vertx = Vertx.vertx();
  private final Set<ServerWebSocket> listeners = ConcurrentHashMap.newKeySet();
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final List<String> lines = new ArrayList<>();

  /** One of each collector. */
  private final Map<String, String> beats = new TreeMap<>();

  private final HttpServer server;
  private final String address;

  Collectors(String address, Path file) throws IOException {
    this.address = address;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.lines().forEach(lines::add);
    }
    for (String line : lines) {
      Matcher beat = UNRELATED.matcher(line);
      if (beat.find()) {
        beats.putIfAbsent(beat.group(1), line);
      }
    }
    try {
      server =
          vertx
              .createHttpServer()
              .webSocketHandler(this::accept)
              .listen(0, address)
              .await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
  }

  private void accept(ServerWebSocket socket) {
    listeners.add(socket);
    // Somebody always changes something, which is how one knows that collectors are there.
    long beat = vertx.setPeriodic(1, BEAT.toMillis(), _ -> alive(socket));
    socket.closeHandler(
        _ -> {
          vertx.cancelTimer(beat);
          listeners.remove(socket);
        });
    socket.textMessageHandler(
        text -> {
          JsonObject asked = new JsonObject(text);
          switch (asked.getString("type")) {
            case "ris_subscribe" -> {
              JsonObject data = asked.getJsonObject("data");
              switch (data.getValue("prefix")) {
                case JsonArray several -> several.forEach(one -> wanted.add(one.toString()));
                case String one -> wanted.add(one);
                case null, default -> {}
              }
              answer(socket, "ris_subscribe_ok", new JsonObject().put("subscription", data));
            }
            case "ping" -> answer(socket, "pong", new JsonObject());
            default -> {}
          }
        });
  }

  private void alive(ServerWebSocket socket) {
    beats.values().forEach(socket::writeTextMessage);
  }

  private static void answer(ServerWebSocket socket, String type, JsonObject data) {
    socket.writeTextMessage(new JsonObject().put("type", type).put("data", data).encode());
  }

  String url() {
    return "ws://" + address + ":" + server.actualPort() + "/v1/ws/";
  }

  /** What was subscribed to so far. */
  Set<String> wanted() {
    return Set.copyOf(wanted);
  }

  /** Says all that was said in this time, from the first inclusive to the last exclusive. */
  void say(Instant from, Instant to) {
    for (String line : lines) {
      double at = new JsonObject(line).getJsonObject("data").getDouble("timestamp");
      if (at >= from.getEpochSecond() && at < to.getEpochSecond()) {
        listeners.forEach(listener -> listener.writeTextMessage(line));
      }
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
