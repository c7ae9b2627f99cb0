package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration is reloaded when files change; a bad edit never takes away what was there. */
final class ReloadIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aBadEditKeepsTheLastGoodOneAndSaysWhereItIsWrong() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Path file = config.resolve("targets.yaml");
    Files.writeString(file, "version: 1\ntargets:\n  - {name: one, url: \"tcp://127.0.0.1:1\"}\n");
    Path log = folder.resolve("up.log");
    try (Product product = Product.up(config, folder.resolve("data"), log)) {
      product.awaitState("one", "DOWN", Duration.ofSeconds(40));
      assertThat(lastReload(product)).endsWith(" 1");

      Files.writeString(file, "version: 1\ntargets:\n  - {name: one, intervall: 1s}\n");
      await(() -> assertThat(lastReload(product)).endsWith(" 0"));
      assertThat(Files.readString(log)).contains("targets.yaml:3:17: ", "did you mean 'interval'");
      assertThat(product.verdict("one").getString("state")).isEqualTo("DOWN");

      Files.writeString(
          config.resolve("more.yaml"), "targets:\n  - {name: two, url: \"tcp://127.0.0.1:1\"}\n");
      Files.writeString(
          file, "version: 1\ntargets:\n  - {name: one, url: \"tcp://127.0.0.1:1\"}\n");
      await(() -> assertThat(lastReload(product)).endsWith(" 1"));
      await(() -> assertThat(product.get("/api/v1/targets/two").statusCode()).isEqualTo(200));

      Files.delete(config.resolve("more.yaml"));
      await(() -> assertThat(product.get("/api/v1/targets/two").statusCode()).isEqualTo(404));
    }
  }

  private static String lastReload(Product product) {
    return product
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("parallax_config_last_reload_successful"))
        .findFirst()
        .orElse("none");
  }

  private static void await(org.awaitility.core.ThrowingRunnable assertion) {
    Awaitility.await().atMost(WHILE).untilAsserted(assertion);
  }
}
