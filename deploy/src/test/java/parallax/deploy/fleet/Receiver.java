package parallax.deploy.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whoever is told, who counts what came by the key that every copy of a message has. Thread-safe.
 */
final class Receiver implements AutoCloseable {
  static final int PORT = 18_080;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Told> told = new ArrayList<>();
  private final AtomicBoolean hangsUp = new AtomicBoolean();

  /** Listens at an address of this machine; port 0: any. */
  Receiver(String address, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(address, port), 0);
    server.createContext("/hook", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * A message that came.
   *
   * @param key the same for each copy of it
   * @param event {@code down} or {@code up}
   * @param target the first it speaks of, or nothing
   */
  record Told(String key, String event, String target, Instant at) {}

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonObject json = new JsonObject(body);
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    synchronized (told) {
      told.add(
          new Told(key, json.getString("event", ""), json.getString("target", ""), Instant.now()));
    }
    if (hangsUp.get()) {
      // Accepted, but the sender cannot know.
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Whether it takes messages without a word: what came of them is ambiguous for the sender. */
  void hangUp(boolean now) {
    hangsUp.set(now);
  }

  /** All that came, in order. */
  List<Told> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** What was told of a target, in order, each message once. */
  List<Told> of(String target) {
    Map<String, Told> first = new LinkedHashMap<>();
    told().stream()
        .filter(each -> each.target().equals(target))
        .forEach(each -> first.putIfAbsent(each.key(), each));
    return List.copyOf(first.values());
  }

  /** Deliveries beyond the first of each message. */
  long copies() {
    List<Told> all = told();
    return all.size() - all.stream().map(Told::key).distinct().count();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
