package parallax.probe.blackbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.serve.BlackboxPages;
import parallax.probe.net.Departure;
import parallax.probe.net.NetworkPolicy;

/** A prober with a file of modules, asked by HTTP as Prometheus asks. */
final class Bench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path file;
  private final BlackboxNode node;
  private final HttpServer server;

  Bench(Path folder, String modules) {
    this(folder, modules, NetworkPolicy.forStandalone(java.util.List.of()));
  }

  Bench(Path folder, String modules, NetworkPolicy policy) {
    file = folder.resolve("blackbox.yml");
    write(modules);
    node =
        BlackboxNode.of(
            vertx,
            new BlackboxNode.Settings(
                Optional.of(file),
                policy,
                Departure.ANY,
                "Parallax/test",
                BlackboxPages.Settings.DEFAULT));
    java.util.List<Problem> problems = node.load();
    if (!problems.isEmpty()) {
      throw new AssertionError(problems);
    }
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    if (!node.pages().answer(request, String.valueOf(request.path()))) {
                      request.response().setStatusCode(404).end();
                    }
                  })
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  void write(String modules) {
    try {
      Files.writeString(file, modules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  /** What {@code /probe} says of a target: values by name and labels. */
  Map<String, Double> probe(String module, String target) {
    Map<String, Double> metrics = new TreeMap<>();
    HttpResponse<String> answer = get(path(module, target));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return metrics;
  }

  /** The log of a probe. */
  String debug(String module, String target) {
    return get(path(module, target) + "&debug=true").body();
  }

  private static String path(String module, String target) {
    return "/probe?module="
        + module
        + "&target="
        + URLEncoder.encode(target, StandardCharsets.UTF_8);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
              .timeout(PATIENCE)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
