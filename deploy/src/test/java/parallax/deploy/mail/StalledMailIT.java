package parallax.deploy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Nginx;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Programs;
import parallax.deploy.endtoend.Webhook;

/** The running product, a mail server that stalls behind the message, and a second channel. */
@Timeout(240)
final class StalledMailIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** Within which the second channel has to hear of it, by the rules as they are. */
  private static final Duration SECOND_CHANNEL = Duration.ofMinutes(1);

  /** The longest attempt, and the longest wait between two in the first minutes. */
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(30 + 64);

  @TempDir Path folder;
  private StallingServer mail;
  private Webhook phone;
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    mail = StallingServer.start();
    phone = new Webhook();
    int port = Programs.freePort();
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server { listen 127.0.0.1:%d; location / { return 200 'well'; } }".formatted(port));
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            version: 1
            defaults: {interval: 1s}
            targets: [{name: shop, url: "http://127.0.0.1:%d/"}]
            receivers:
              - {name: desk, email: {to: oncall@example.org}, otherwise: {to: phone}}
              - {name: phone, webhook: {url: "%s"}}
            routes: [{to: desk}]
            smtp: {host: 127.0.0.1, port: %d, tls: none, from: parallax@example.org}
            """
                .formatted(port, phone.url(), mail.port()));
    product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"), List.of());
    product.awaitState("shop", "UP", WHILE);
  }

  @AfterEach
  void stop() throws IOException {
    if (product != null) {
      product.close();
    }
    if (nginx != null) {
      nginx.close();
    }
    phone.close();
    mail.close();
  }

  private List<String> phoned() {
    return phone.messages().stream().map(each -> each.getString("event")).toList();
  }

  @Test
  void whileMailStallsTheSecondChannelHearsWithinAMinuteAndNothingIsLost() {
    nginx.kill();
    Awaitility.await("a mail that stalls").atMost(WHILE).until(() -> !mail.stalled().isEmpty());
    Awaitility.await("the second channel").atMost(SECOND_CHANNEL).until(() -> !phoned().isEmpty());
    Instant heard = InstantSource.system().instant();
    assertThat(Duration.between(mail.stalled().getFirst(), heard)).isLessThan(SECOND_CHANNEL);
    assertThat(new JsonObject(product.get("/api/v1/status").body()).getBoolean("well")).isFalse();

    mail.mend();
    Awaitility.await("the mail").atMost(TRIED_AGAIN).until(() -> !mail.messages().isEmpty());
    nginx.start();
    Awaitility.await("the end of it")
        .atMost(WHILE.multipliedBy(2))
        .until(() -> phoned().size() == 2);
    Awaitility.await("the mail of its end")
        .atMost(WHILE)
        .until(() -> mail.messages().getLast().contains("In-Reply-To:"));
    assertThat(phoned()).containsExactly("down", "up");
    Awaitility.await("all is well")
        .atMost(WHILE)
        .until(() -> new JsonObject(product.get("/api/v1/status").body()).getBoolean("well"));
  }
}
