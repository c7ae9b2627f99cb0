package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills on a running product, asked for by the command that people type. */
final class DrillIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** How long an incident lasts before its runbook runs by itself. */
  private static final Duration RUN_AFTER = Duration.ofSeconds(10);

  private static final Path SCENARIOS =
      Path.of("../coordinator/src/test/resources/parallax/coordinator/replay/scenarios");

  @TempDir Path folder;
  private Webhook webhook;
  private Webhook operations;
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    int port = Programs.freePort();
    webhook = new Webhook();
    operations = new Webhook();
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server {listen 127.0.0.1:%d; location / {return 200 'all is well';}}".formatted(port));
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        version: 1
        defaults: {interval: 1s}
        targets:
          - {name: shop, url: "http://127.0.0.1:%d/", labels: {team: web}}
        receivers:
          - {name: hook, webhook: {url: "%s"}}
          - {name: night, webhook: {url: "%s"}}
        routes:
          - {match: {tier: critical}, to: [night, hook]}
          - {to: [hook]}
        runbooks:
          - name: mend
            actions:
              - name: failover
                webhook: {url: "%s"}
                auto: {when: {for: 10s}}
        """
            .formatted(port, webhook.url(), webhook.url(), operations.url()));
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
    operations.close();
  }

  /** What a command printed, and its exit status. */
  private record Ran(int status, List<String> lines) {}

  private Ran drill(String... arguments) throws IOException, InterruptedException {
    List<String> command = Product.command("drill");
    command.addAll(List.of("--coordinator", "http://127.0.0.1:" + product.port()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor(WHILE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return new Ran(process.exitValue(), lines);
    }
  }

  @Test
  void aScenarioTellsWhoWouldHaveBeenTold() throws Exception {
    Ran ran =
        drill(SCENARIOS.resolve("facebook-2021-10-04").toString(), "--label", "tier=critical");
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.lines().getFirst()).startsWith("[DRILL] facebook-2021-10-04: begins ");
    assertThat(ran.lines()).anyMatch(line -> line.matches("\\+0:.*opened +night +\\[DRILL] .*"));
    assertThat(ran.lines()).anyMatch(line -> line.matches("\\+.*resolved +hook +\\[DRILL] .*"));
    assertThat(ran.lines().getLast()).endsWith("finished").contains("2 receivers (hook, night)");
    assertThat(webhook.messages()).isEmpty();
    assertThat(product.items("/api/v1/incidents")).isEmpty();
    assertThat(product.verdict("shop").getString("state")).isEqualTo("UP");
  }

  @Test
  void aFaultThatIsSentIsMarkedAndEndedAndNothingOfItIsReal() throws Exception {
    Ran ran = drill("--fault", "target=shop,see=http:503", "--send");
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(webhook.messages())
        .hasSize(2)
        .allSatisfy(
            body -> {
              assertThat(body.getBoolean("drill")).isTrue();
              assertThat(body.getString("summary")).startsWith("[DRILL] ");
              assertThat(body.getJsonObject("incident").getString("id")).startsWith("drill-");
            });
    assertThat(product.items("/api/v1/incidents")).isEmpty();
    assertThat(product.verdict("shop").getString("state")).isEqualTo("UP");
    Ran shown = drill("--show", "--json");
    assertThat(new JsonObject(shown.lines().getLast()).getString("why")).isEqualTo("finished");
  }

  @Test
  void oneThatTakesItsTimeIsShownUntilItIsStopped() throws Exception {
    Process paced =
        new ProcessBuilder(
                Product.command(
                    "drill",
                    "--coordinator",
                    "http://127.0.0.1:" + product.port(),
                    "--fault",
                    "target=shop,for=10h",
                    "--pace",
                    "30",
                    "--send"))
            .redirectErrorStream(true)
            .start();
    Awaitility.await("somebody to be told")
        .atMost(WHILE)
        .until(() -> !webhook.messages().isEmpty());
    assertThat(product.get("/").body()).contains("[DRILL] A drill goes on");
    assertThat(new JsonObject(product.get("/api/v1/status").body()).getJsonObject("drill"))
        .isNotNull();
    Ran other = drill("--fault", "target=shop");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.lines().getLast()).contains("a drill goes on");
    assertThat(drill("--stop").status()).isZero();
    assertThat(paced.waitFor(WHILE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(paced.exitValue()).isEqualTo(1);
    assertThat(webhook.messages())
        .last()
        .satisfies(
            body -> {
              assertThat(body.getString("kind")).isEqualTo("resolved");
              assertThat(body.getString("summary")).contains("The drill is over.");
            });
    assertThat(product.get("/").body()).doesNotContain("DRILL");
  }

  @Test
  void noRunbookRunsBecauseOfADrillAndOneDoesWhenItIsReal() throws Exception {
    Process paced =
        new ProcessBuilder(
                Product.command(
                    "drill",
                    "--coordinator",
                    "http://127.0.0.1:" + product.port(),
                    "--fault",
                    "target=shop,for=10h",
                    "--pace",
                    "30",
                    "--send"))
            .redirectErrorStream(true)
            .start();
    Awaitility.await("somebody to be told")
        .atMost(WHILE)
        .until(() -> !webhook.messages().isEmpty());
    Awaitility.await("nothing to be run")
        .during(RUN_AFTER.multipliedBy(2))
        .atMost(RUN_AFTER.multipliedBy(2).plus(WHILE))
        .until(() -> operations.messages().isEmpty());
    assertThat(drill("--stop").status()).isZero();
    assertThat(paced.waitFor(WHILE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    nginx.kill();
    Awaitility.await("what is real")
        .atMost(RUN_AFTER.plus(WHILE))
        .until(() -> !operations.messages().isEmpty());
    assertThat(operations.messages())
        .allSatisfy(
            run ->
                assertThat(run.getJsonObject("incident").getString("id"))
                    .doesNotStartWith("drill-"));
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    Ran nobody = drill("--fault", "target=nobody");
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.lines().getLast()).contains("hits nothing");
    assertThat(drill("--fault", "planet=mars").status()).isEqualTo(2);
    assertThat(drill().status()).isEqualTo(2);
    assertThat(drill("--stop").status()).isEqualTo(1);
  }
}
