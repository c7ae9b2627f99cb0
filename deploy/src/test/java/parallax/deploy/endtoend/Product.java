package parallax.deploy.endtoend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code parallax up}, or {@code parallax coordinator}, as a process of its own. */
public final class Product implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("http://(\\d+(?:\\.\\d+){3}):(\\d+)");
  private static final Duration READY = Duration.ofSeconds(60);

  private final Process process;
  private final String host;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Product(Process process, String host, int port) {
    this.process = process;
    this.host = host;
    this.port = port;
  }

  /** The command line that runs the product as it is packaged. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            Path.of("target/parallax/lib").toAbsolutePath() + "/*",
            "parallax.deploy.ParallaxMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts it on a free port and waits until it is ready to decide. */
  static Product up(Path config, Path data, Path log) {
    return up(config, data, log, List.of());
  }

  /**
   * The same.
   *
   * @param more options
   */
  public static Product up(Path config, Path data, Path log, List<String> more) {
    return up(new Where(List.of(), "127.0.0.1"), config, data, log, more);
  }

  /**
   * Where it runs.
   *
   * @param entry what its command line begins with: {@code ip netns exec NAME}
   * @param host the address that it listens on
   */
  public record Where(List<String> entry, String host) {}

  /** The same, elsewhere. */
  public static Product up(Where where, Path config, Path data, Path log, List<String> more) {
    return start("up", where, config, data, log, more);
  }

  /** {@code parallax coordinator}, with a record of its own and the probes elsewhere. */
  public static Product coordinator(Path config, Path data, Path log, List<String> more) {
    return start("coordinator", new Where(List.of(), "127.0.0.1"), config, data, log, more);
  }

  private static Product start(
      String name, Where where, Path config, Path data, Path log, List<String> more) {
    try {
      List<String> command = new ArrayList<>(where.entry());
      command.addAll(
          command(
              name,
              "--config",
              config.toString(),
              "--data",
              data.toString(),
              "--listen",
              where.host() + ":0"));
      command.addAll(more);
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      BufferedReader output = process.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          drain(output);
          Product product =
              new Product(process, listening.group(1), Integer.parseInt(listening.group(2)));
          Awaitility.await().atMost(READY).until(() -> product.get("/readyz").statusCode() == 200);
          return product;
        }
      }
      throw new AssertionError("parallax " + name + " ended before it listened; see " + log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader output) {
    Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
  }

  /** Where its API listens. */
  public int port() {
    return port;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  /** Posts JSON, as from its own machine. */
  public HttpResponse<String> post(String path, JsonObject body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonObject target(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return new JsonObject(get("/api/v1/targets/" + encoded).body());
  }

  public JsonObject verdict(String target) {
    return target(target).getJsonObject("verdict");
  }

  public JsonArray items(String path) {
    return new JsonObject(get(path).body()).getJsonArray("items");
  }

  /** Waits for a state and returns the verdict that has it. */
  public JsonObject awaitState(String target, String state, Duration atMost) {
    return Awaitility.await("state of " + target)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> verdict(target), verdict -> state.equals(verdict.getString("state")));
  }

  /** Waits until the target is DOWN with this layer and returns {@code layer: reason}. */
  public String awaitDown(String target, String layer, Duration atMost) {
    JsonObject cause =
        Awaitility.await("cause of " + target)
            .atMost(atMost)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> verdict(target),
                verdict ->
                    "DOWN".equals(verdict.getString("state"))
                        && layer.equals(verdict.getJsonObject("cause").getString("layer")))
            .getJsonObject("cause");
    return cause.getString("layer") + ": " + cause.getString("reason");
  }

  /**
   * Waits for the one open incident of a target and returns it: incidents are told from the durable
   * record, which is written after the verdict is shown.
   */
  public JsonObject awaitIncident(String target, Duration atMost) {
    return Awaitility.await("incident of " + target)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> openIncidents(target), open -> open.size() == 1)
        .getFirst();
  }

  private List<JsonObject> openIncidents(String target) {
    return items("/api/v1/incidents?state=open").stream()
        .map(JsonObject.class::cast)
        .filter(incident -> incident.getJsonArray("targets").contains(target))
        .toList();
  }

  /** Ends it as an operator does, with SIGTERM, and returns its exit code. */
  int terminate() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end on SIGTERM");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As by kill -9. */
  public void kill() {
    Programs.kill(process);
  }

  @Override
  public void close() {
    kill();
  }
}
