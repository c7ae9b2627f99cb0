package parallax.deploy.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Product;

/** What is pushed to a repository behind ssh comes into force in what runs. */
final class SshReloadIT {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final String SECRET = "a-secret-of-the-webhook";

  @TempDir Path folder;

  private static String targets(String... names) {
    StringBuilder text = new StringBuilder("version: 1\ntargets:\n");
    for (String name : names) {
      text.append("  - {name: %s, url: \"tcp://127.0.0.1:1\"}\n".formatted(name));
    }
    return text.toString();
  }

  @Test
  void aPushComesIntoForceAndAChangedServerKeyKeepsWhatIsThere() throws Exception {
    Path ssh = Files.createDirectories(folder.resolve("home/.ssh"));
    Upstream upstream = new Upstream(folder);
    upstream.push("targets.yaml", targets("one"));
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Path log = folder.resolve("up.log");
    try (SshServer server = SshServer.start(folder.resolve("sshd"))) {
      server.allow(SshServer.key(ssh.resolve("id_ed25519"), "ed25519", ""), SshServer.GIT);
      Files.writeString(ssh.resolve("known_hosts"), server.known("ed25519"));
      Files.writeString(
          ssh.resolve("config"), "Host git\n  HostName 127.0.0.1\n  Port " + server.port() + "\n");
      Path address = Path.of(server.user() + "@git:" + upstream.bare() + "#main");
      // The machine's keys lie in the home of who runs it.
      String home = "JAVA_TOOL_OPTIONS=-Duser.home=" + folder.resolve("home");
      Product.Where where = new Product.Where(List.of("env", home), "127.0.0.1");
      List<String> options = List.of("--config-webhook-secret", "${file:" + secret + "}");
      try (Product product = Product.up(where, address, folder.resolve("data"), log, options)) {
        assertThat(product.get("/api/v1/targets/one").statusCode()).isEqualTo(200);

        String commit = upstream.push("targets.yaml", targets("one", "two"));
        assertThat(poke(product)).isEqualTo(202);
        await().atMost(WHILE).until(() -> product.get("/api/v1/targets/two").statusCode() == 200);
        assertThat(product.get("/api/v1/configuration").body()).contains(commit);
        assertThat(sourceUp(product)).endsWith(" 1.0");

        server.stop();
        server.newHostKeys();
        server.start();
        upstream.push("targets.yaml", targets("one", "two", "three"));
        assertThat(poke(product)).isEqualTo(202);
        // A look that was on its way may first have met the end of the server.
        await()
            .atMost(WHILE)
            .until(() -> Files.readString(log).contains("shows another key than known_hosts"));
        await().atMost(WHILE).until(() -> sourceUp(product).endsWith(" 0.0"));
        assertThat(product.get("/api/v1/targets/two").statusCode()).isEqualTo(200);
        assertThat(product.get("/api/v1/targets/three").statusCode()).isEqualTo(404);

        Files.writeString(ssh.resolve("known_hosts"), server.known("ed25519"));
        assertThat(poke(product)).isEqualTo(202);
        await().atMost(WHILE).until(() -> product.get("/api/v1/targets/three").statusCode() == 200);
        assertThat(sourceUp(product)).endsWith(" 1.0");
      }
    }
  }

  private static int poke(Product product) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + product.port() + "/api/v1/configuration/pull");
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + SECRET)
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static String sourceUp(Product product) {
    return product
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("parallax_config_source_up"))
        .findFirst()
        .orElse("none");
  }
}
