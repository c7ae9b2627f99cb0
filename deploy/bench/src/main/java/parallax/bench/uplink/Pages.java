package parallax.bench.uplink;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What coordinators say of themselves and of targets. */
final class Pages implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final List<URI> pages;

  Pages(List<URI> pages) {
    this.pages = List.copyOf(pages);
  }

  private Optional<String> get(URI page, String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(page.resolve(path)).timeout(LIMIT).build();
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The state of a target, as the first coordinator tells it. */
  String state(String target) {
    return get(pages.getFirst(), "/api/v1/targets/" + target)
        .filter(body -> body.startsWith("{"))
        .map(body -> new JsonObject(body).getJsonObject("verdict", new JsonObject()))
        .map(verdict -> verdict.getString("state", "?"))
        .orElse("?");
  }

  /** A figure of all coordinators together, over all its labels that begin so. */
  double sum(String metric) {
    double sum = 0;
    for (URI page : pages) {
      sum +=
          get(page, "/metrics")
              .orElse("")
              .lines()
              .filter(line -> line.startsWith(metric))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    return sum;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
