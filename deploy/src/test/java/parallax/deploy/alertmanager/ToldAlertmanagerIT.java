package parallax.deploy.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Nginx;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Programs;

/** The running product, web servers of which one fails, and a real Alertmanager. */
final class ToldAlertmanagerIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> started = new ArrayList<>();
  private AlertmanagerServer alertmanager;
  private Nginx shop;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    alertmanager = AlertmanagerServer.start(folder, people());
    started.add(alertmanager);
    int port = Programs.freePort();
    shop = nginx("shop", port);
    int other = Programs.freePort();
    nginx("blog", other);
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            version: 1
            page: https://parallax.example.org/
            defaults: {interval: 1s}
            targets:
              - name: shop
                url: "http://127.0.0.1:%d/"
                labels: {team: web, data_center: '東京 "1"'}
              - {name: blog, url: "http://127.0.0.1:%d/", labels: {team: press}}
            receivers:
              - {name: alerts, alertmanager: {url: ["%s", "http://127.0.0.1:1"]}}
            """
                .formatted(port, other, alertmanager.url().reveal()));
    product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"), List.of());
    started.add(product);
    product.awaitState("shop", "UP", WHILE);
    product.awaitState("blog", "UP", WHILE);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
  }

  /** Whom Alertmanager tells; returns the port. */
  private int people() throws IOException {
    HttpServer people =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    people.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    people.start();
    started.add(() -> people.stop(0));
    return people.getAddress().getPort();
  }

  private Nginx nginx(String name, int port) {
    String server =
        "server { listen 127.0.0.1:%d; location / { return 200 'well'; } }".formatted(port);
    Nginx nginx = Nginx.start(folder.resolve(name), port, server);
    started.add(nginx);
    return nginx;
  }

  /** What the only alert has, once it is as wanted. */
  private JsonObject awaitAlert(String summary) {
    Awaitility.await(summary)
        .atMost(WHILE)
        .untilAsserted(
            () ->
                assertThat(alertmanager.alerts())
                    .singleElement()
                    .satisfies(
                        alert ->
                            assertThat(alert.getJsonObject("annotations").getString("summary"))
                                .contains(summary)));
    try {
      return alertmanager.alerts().getFirst();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitTold(String status) {
    Awaitility.await(status)
        .atMost(WHILE)
        .until(() -> told.stream().anyMatch(each -> each.getString("status").equals(status)));
  }

  @Test
  void anIncidentIsReceivedAsOneGroupWithOurLabelsAndResolvedWhenItIsOver() throws Exception {
    shop.kill();
    product.awaitDown("shop", "TCP", WHILE);
    JsonObject alert = awaitAlert("shop ");
    JsonObject incident = (JsonObject) product.items("/api/v1/incidents?state=open").getValue(0);
    String id = incident.getString("id");
    assertThat(alert.getJsonObject("labels").getMap())
        .containsEntry("alertname", "ParallaxIncident")
        .containsEntry("incident", id)
        .containsEntry("severity", "critical")
        .containsEntry("target", "shop")
        .containsEntry("scope", incident.getString("scope"))
        .containsEntry("layer", "tcp")
        .containsEntry("reason", "CONNECTION_REFUSED")
        .containsEntry("culprit", "target:shop")
        .containsEntry("team", "web")
        .containsEntry("data_center", "東京 \"1\"");
    assertThat(alert.getString("generatorURL"))
        .isEqualTo("https://parallax.example.org/incidents/" + id);
    assertThat(alertmanager.groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.getJsonObject("labels").getString("incident")).isEqualTo(id);
              assertThat(group.getJsonArray("alerts")).hasSize(1);
            });
    awaitTold("firing");

    String path = "/api/v1/incidents/" + id + "/acknowledge";
    assertThat(product.post(path, new JsonObject().put("who", "alice")).statusCode())
        .isEqualTo(200);
    assertThat(awaitAlert("alice").getJsonObject("labels"))
        .isEqualTo(alert.getJsonObject("labels"));

    shop.start();
    product.awaitState("shop", "UP", WHILE);
    Awaitility.await("no alert").atMost(WHILE).until(() -> alertmanager.alerts().isEmpty());
    awaitTold("resolved");
    assertThat(told)
        .extracting(group -> group.getJsonObject("groupLabels").getString("incident"))
        .containsOnly(id);
    assertThat(told).last().extracting(group -> group.getString("status")).isEqualTo("resolved");
    JsonObject status = new JsonObject(product.get("/api/v1/status").body());
    assertThat(status.getBoolean("well")).as(status.encode()).isTrue();
  }
}
