package parallax.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with targets of a configuration, and with a page. */
final class CheckOfTargetTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    answers("/login", "application/json", "{\"token\": \"s3cret-token\"}");
    answers("/me", "text/plain", "Ann");
    answers("/", "text/html", "<title>Shop</title><img src=logo.png>");
    answers("/logo.png", "image/png", "png");
    server.start();
  }

  private void answers(String path, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int check(String... arguments) {
    return new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String place() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String configuration(String expected) throws IOException {
    Path file = folder.resolve("targets.yaml");
    Files.writeString(
        file,
        """
        targets:
          - name: login
            steps:
              - {name: log in, url: PLACE/login, capture: {token: $.token}}
              - {url: PLACE/me, headers: {Authorization: "Bearer ${token}"}, expect: {body: {contains: WORD}}}
          - {name: job, heartbeat: {every: 1h}}
        """
            .replace("PLACE", place())
            .replace("WORD", expected));
    return file.toString();
  }

  @Test
  void theStepsOfATargetStandBelowEachOther() throws IOException {
    assertThat(check("--config", configuration("Ann"), "login")).isZero();
    assertThat(out.toString())
        .containsSubsequence("login", "HTTP", "✔ step 1 (log in)", "200", "✔ step 2", "UP after")
        .doesNotContain("TLS      ", "s3cret");
  }

  @Test
  void aStepThatFailsIsNamed() throws IOException {
    assertThat(check("--json", "--config", configuration("Bob"), "login")).isEqualTo(1);
    JsonObject json = new JsonObject(out.toString());
    assertThat(json.getString("code")).isEqualTo("BODY_MISSING_TEXT");
    assertThat(json.getString("detail")).isEqualTo("step 2: Bob");
  }

  @Test
  void aPageIsShownWithWhatItLoads() {
    assertThat(check("--page", place() + "/")).isZero();
    assertThat(out.toString()).containsSubsequence("✔ page", "✔ " + place() + "/logo.png");
  }

  @Test
  void whatCannotBeLookedAtIsWrongUsage() throws IOException {
    assertThat(check("--config", configuration("Ann"), "job")).isEqualTo(2);
    assertThat(err.toString()).contains("no target to look at is named job");
    assertThat(check("--config", configuration("Ann"), "--page", "login")).isEqualTo(2);
    assertThat(check("--page", "tcp://127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString()).contains("'page' is only for targets with an http or https URL");
  }
}
