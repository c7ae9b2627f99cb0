package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import parallax.deploy.endtoend.Product;
import parallax.probe.dns.wire.Exchanged;

/** What the product makes of a registry's hold, and of one dead name server of two. */
final class HoldIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aHoldIsAnIncidentOfTheDelegationWhileTheResolverStillAnswersFromItsCache()
      throws IOException {
    try (NameLab lab = new NameLab(folder.resolve("lab"));
        ServerSocket service = new ServerSocket()) {
      Assumptions.assumeTrue(lab.hasResolver(), "no resolver without root");
      // Where every www of the lab is.
      service.bind(new InetSocketAddress(lab.at("7.1").getAddress(), 0));
      accept(service);
      try (Product product =
          Product.up(
              configuration(lab, service.getLocalPort()),
              folder.resolve("data"),
              folder.resolve("up.log"),
              lab.options())) {
        product.awaitState("notion", "UP", WHILE);
        product.awaitState("control", "UP", WHILE);
        JsonObject degraded = product.awaitState("halfdead", "DEGRADED", WHILE);
        assertThat(degraded.getJsonObject("cause").getString("layer")).isEqualTo("DNS_AUTH");
        assertThat(degraded.getJsonObject("cause").getString("reason"))
            .isEqualTo("some name servers do not answer");

        lab.script("hold", "notion.so");
        assertThat(product.awaitDown("notion", "DELEGATION", WHILE))
            .isEqualTo("DELEGATION: no delegation in the parent zone");
        assertThat(lab.resolve("www.notion.so"))
            .isInstanceOfSatisfying(
                Exchanged.Replied.class,
                replied -> assertThat(replied.message().getRcode()).isEqualTo(Rcode.NOERROR));
        assertThat(product.verdict("control").getString("state")).isEqualTo("UP");
        assertThat(product.awaitIncident("notion", WHILE).getJsonObject("cause").getString("layer"))
            .isEqualTo("DELEGATION");

        lab.script("release", "notion.so");
        product.awaitState("notion", "UP", WHILE);
      }
    }
  }

  private Path configuration(NameLab lab, int port) throws IOException {
    InetSocketAddress resolver = lab.at("0.53");
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        version: 1
        defaults:
          interval: 1s
          timeout: 2s
          dns: {walk: 1s, resolvers: ["%1$s:%2$d"]}
        targets:
          - {name: notion, url: "tcp://www.notion.so:%3$d"}
          - {name: control, url: "tcp://www.control.so:%3$d"}
          - {name: halfdead, url: "tcp://www.halfdead.test:%3$d"}
        """
            .formatted(resolver.getAddress().getHostAddress(), resolver.getPort(), port));
    return config;
  }

  private static void accept(ServerSocket service) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!service.isClosed()) {
                try {
                  service.accept().close();
                } catch (IOException e) {
                  // Closed by the test.
                }
              }
            });
  }
}
