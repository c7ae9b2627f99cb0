package parallax.deploy.alertmanager;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import parallax.config.secret.Secret;
import parallax.deploy.endtoend.Programs;

/** A real Alertmanager on loopback, that tells a webhook, grouped by incident. */
final class AlertmanagerServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private AlertmanagerServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one; skips the test when it is not installed. */
  static AlertmanagerServer start(Path folder, int webhook) {
    String program = Programs.require("prometheus-alertmanager");
    int port = Programs.freePort();
    try {
      Path config =
          Files.writeString(
              folder.resolve("alertmanager.yml"),
              """
              route:
                receiver: hook
                group_by: [alertname, incident]
                group_wait: 1s
                group_interval: 1s
              receivers:
                - name: hook
                  webhook_configs: [{url: "http://127.0.0.1:%d/"}]
              """
                  .formatted(webhook));
      AlertmanagerServer server =
          new AlertmanagerServer(
              Programs.start(
                  folder.resolve("alertmanager.log"),
                  List.of(
                      program,
                      "--config.file=" + config,
                      "--storage.path=" + folder.resolve("alertmanager"),
                      "--web.listen-address=127.0.0.1:" + port,
                      "--cluster.listen-address=")),
              port);
      Programs.awaitListening(port);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Secret url() {
    return Secret.of("http://127.0.0.1:" + port);
  }

  /** The alerts that burn. */
  List<JsonObject> alerts() throws IOException, InterruptedException {
    return objects(get("/api/v2/alerts"));
  }

  /** The groups in which people are told of them. */
  List<JsonObject> groups() throws IOException, InterruptedException {
    return objects(get("/api/v2/alerts/groups"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }

  private JsonArray get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return new JsonArray(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    client.close();
    Programs.kill(process);
  }
}
