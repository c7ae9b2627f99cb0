package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real nginx fails in its different ways; the operator is told once, and once when it is back.
 */
final class OutageIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private int port;
  private Webhook webhook;
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    port = Programs.freePort();
    webhook = new Webhook();
    nginx = Nginx.start(folder.resolve("nginx"), port, server("return 200 'all is well';"));
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        version: 1
        defaults: {interval: 1s}
        targets:
          - name: shop
            url: http://127.0.0.1:%d/
            http: {expect: {body: {contains: well}}}
        receivers:
          - {name: hook, webhook: {url: "%s"}}
        routes:
          - {to: [hook]}
        """
            .formatted(port, webhook.url()));
    product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"));
    product.awaitState("shop", "UP", WHILE);
  }

  @AfterEach
  void stop() {
    if (product != null) {
      product.close();
    }
    if (nginx != null) {
      nginx.close();
    }
    webhook.close();
  }

  @Test
  void aKilledServerIsDownAtLayerTcpAndToldOnceAndOnceWhenItIsBack() {
    nginx.kill();
    assertThat(product.awaitDown("shop", "TCP", SOON)).isEqualTo("TCP: connection refused");
    assertThat(product.verdict("shop").getString("scope")).isEqualTo("UNCONFIRMED");
    awaitTold("down");
    nginx.start();
    product.awaitState("shop", "UP", WHILE);
    awaitTold("down", "up");

    nginx.kill();
    product.awaitDown("shop", "TCP", SOON);
    nginx.start();
    product.awaitState("shop", "UP", WHILE);
    awaitTold("down", "up", "down", "up");
    assertThat(product.items("/api/v1/incidents?state=open")).isEmpty();
    assertThat(product.items("/api/v1/incidents?state=resolved")).hasSize(2);
  }

  @Test
  void errorsOfTheServerAreDownAtLayerHttp() {
    nginx.restartWith(server("return 500;"));
    assertThat(product.awaitDown("shop", "HTTP", WHILE)).isEqualTo("HTTP: unexpected status");
  }

  @Test
  void aWrongBodyIsDownAtLayerContent() {
    nginx.restartWith(server("return 200 'nothing here';"));
    assertThat(product.awaitDown("shop", "CONTENT", WHILE))
        .isEqualTo("CONTENT: expected text missing");
  }

  @Test
  void aKilledMonitorNeitherTellsTwiceNorForgetsToTellTheEnd() {
    nginx.kill();
    product.awaitDown("shop", "TCP", SOON);
    awaitTold("down");
    // Between sending and settling a crash may repeat a notice; this one comes after both.
    awaitSettled();
    product.kill();
    product =
        Product.up(
            folder.resolve("config.yaml"), folder.resolve("data"), folder.resolve("up2.log"));
    product.awaitDown("shop", "TCP", WHILE);
    assertThat(product.items("/api/v1/incidents?state=open")).hasSize(1);
    nginx.start();
    product.awaitState("shop", "UP", WHILE);
    awaitTold("down", "up");
  }

  @Test
  void terminationEndsCleanly() {
    assertThat(product.terminate()).isIn(0, 143);
  }

  private void awaitSettled() {
    String id =
        ((JsonObject) product.items("/api/v1/incidents?state=open").getValue(0)).getString("id");
    Awaitility.await("the notice to be settled")
        .atMost(WHILE)
        .until(
            () ->
                new JsonObject(product.get("/api/v1/incidents/" + id).body())
                        .getJsonArray("notifications")
                        .getJsonObject(0)
                        .getValue("delivered")
                    != null);
  }

  private void awaitTold(String... events) {
    Awaitility.await("what was told")
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(webhook.told("shop")).containsExactly(events));
  }

  private String server(String answer) {
    return "server { listen 127.0.0.1:%d; location / { %s } }".formatted(port, answer);
  }
}
