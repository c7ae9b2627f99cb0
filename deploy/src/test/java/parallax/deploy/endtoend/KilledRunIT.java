package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator that is killed while it runs an action of a runbook, and what the next one does.
 */
@Timeout(300)
final class KilledRunIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** Its own time, that of its end, and half a minute. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(10 + 4 + 30);

  @TempDir Path folder;
  private Path config;
  private Path commands;
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    int port = Programs.freePort();
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server { listen 127.0.0.1:%d; location / { return 200 'well'; } }".formatted(port));
    config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            version: 1
            defaults: {interval: 1s}
            targets:
              - {name: shop, url: "http://127.0.0.1:%d/"}
              - {name: nightly, heartbeat: {every: 1d, grace: 1h}}
            runbooks:
              - name: mend
                actions:
                  - {name: restart, command: restart, auto: {when: {for: 10s}, cooldown: 1m}}
            """
                .formatted(port));
    Path script =
        Files.writeString(
            folder.resolve("restart"),
            "echo $PARALLAX_TARGETS >> %1$s/ran\nwhile [ ! -e %1$s/go ]; do sleep 0.1; done\n"
                .formatted(folder));
    commands =
        Files.writeString(
            folder.resolve("commands.yaml"),
            "commands: [{name: restart, run: [/bin/sh, %s], timeout: 10s}]".formatted(script));
    Files.setPosixFilePermissions(commands, PosixFilePermissions.fromString("rw-------"));
    product = up();
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
  }

  private Product up() {
    return Product.up(
        config,
        folder.resolve("data"),
        folder.resolve("up.log"),
        List.of("--commands", commands.toString()));
  }

  /** Of which targets it was told, each time it was begun. */
  private List<String> ran() throws IOException {
    Path ran = folder.resolve("ran");
    return Files.exists(ran) ? Files.readAllLines(ran) : List.of();
  }

  private JsonObject incidentOf(String target) {
    JsonArray open = product.items("/api/v1/incidents?state=open");
    return open.stream()
        .map(JsonObject.class::cast)
        .filter(incident -> incident.getJsonArray("targets").contains(target))
        .findFirst()
        .orElseThrow();
  }

  private String runbooks(String incident) {
    return "/api/v1/incidents/" + incident + "/runbooks";
  }

  private List<String> states(String incident) {
    return new JsonObject(product.get(runbooks(incident)).body())
        .getJsonArray("runs").stream().map(run -> ((JsonObject) run).getString("state")).toList();
  }

  @Test
  void whatRanIsUnknownAndNotRepeatedAndOthersRun() throws Exception {
    nginx.kill();
    Awaitility.await("the action to run").atMost(WHILE).until(() -> ran().size() == 1);
    String incident = incidentOf("shop").getString("id");
    product.kill();
    product = up();
    assertThat(states(incident)).containsExactly("running");
    JsonObject byHand = new JsonObject().put("who", "alice");
    assertThat(product.post(runbooks(incident) + "/mend", byHand).statusCode()).isEqualTo(409);

    Awaitility.await("a run that is given up")
        .atMost(GIVEN_UP.plus(WHILE))
        .until(() -> states(incident).equals(List.of("unknown")));
    Awaitility.await("that in the notebook")
        .atMost(WHILE)
        .untilAsserted(
            () ->
                assertThat(product.get("/api/v1/incidents/" + incident).body())
                    .contains("nobody knows what came of it"));
    Files.createFile(folder.resolve("go"));
    String fails = new JsonObject().put("status", "fail").put("detail", "disk full").encode();
    assertThat(product.post("/api/v1/heartbeats/nightly", new JsonObject(fails)).statusCode())
        .isLessThan(300);
    // For another incident it runs when it has cooled down; for the first one it is still unsure.
    Awaitility.await("the action to run for another incident")
        .atMost(Duration.ofMinutes(1).plus(WHILE))
        .until(() -> ran().equals(List.of("shop", "nightly")));
    assertThat(states(incident)).containsExactly("unknown");

    assertThat(product.post(runbooks(incident) + "/mend", byHand).statusCode()).isEqualTo(202);
    Awaitility.await("the end of what people run")
        .atMost(WHILE)
        .until(() -> states(incident).equals(List.of("unknown", "done")));
    assertThat(ran()).containsExactly("shop", "nightly", "shop");
  }
}
