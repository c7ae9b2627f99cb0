package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Certificates.Pair;

/** A real nginx with a private CA: each fault of a certificate is named. */
final class CertificateIT {
  private static final List<String> VALID = List.of("20240101000000Z", "20450101000000Z");
  private static final List<String> PAST = List.of("20240101000000Z", "20250101000000Z");
  private static final List<String> FUTURE = List.of("20440101000000Z", "20450101000000Z");
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void eachFaultOfACertificateIsNamed() throws IOException {
    Certificates certificates = new Certificates(folder.resolve("pki"));
    Pair ours = certificates.authority("ours");
    Pair theirs = certificates.authority("theirs");
    Map<String, Pair> servers = new LinkedHashMap<>();
    servers.put("good", certificates.signed("good", ours, "IP:127.0.0.1", VALID));
    servers.put("expired", certificates.signed("expired", ours, "IP:127.0.0.1", PAST));
    servers.put("early", certificates.signed("early", ours, "IP:127.0.0.1", FUTURE));
    servers.put("other", certificates.signed("other", ours, "DNS:other.example", VALID));
    servers.put("foreign", certificates.signed("foreign", theirs, "IP:127.0.0.1", VALID));
    servers.put("itself", certificates.selfSigned("itself"));

    StringBuilder blocks = new StringBuilder();
    StringBuilder targets = new StringBuilder();
    List<Integer> ports = new ArrayList<>();
    servers.forEach(
        (name, pair) -> {
          int port = Programs.freePort();
          ports.add(port);
          blocks.append(
              "server { listen 127.0.0.1:%d ssl http2; %s location / { return 200 ok; } }\n"
                  .formatted(port, pair.nginx()));
          targets.append("  - {name: %s, url: \"https://127.0.0.1:%d/\"}\n".formatted(name, port));
        });
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        "version: 1\ndefaults: {interval: 1s, tls: {ca: %s}}\ntargets:\n%s"
            .formatted(ours.certificate(), targets));
    try (Nginx nginx = Nginx.start(folder.resolve("nginx"), ports.getLast(), blocks.toString());
        Product product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"))) {
      assertThat(nginx).isNotNull();
      product.awaitState("good", "UP", WHILE);
      assertThat(product.awaitDown("expired", "TLS", WHILE)).isEqualTo("TLS: certificate expired");
      assertThat(product.awaitDown("early", "TLS", WHILE))
          .isEqualTo("TLS: certificate not yet valid");
      assertThat(product.awaitDown("other", "TLS", WHILE))
          .isEqualTo("TLS: certificate for a wrong name");
      assertThat(product.awaitDown("foreign", "TLS", WHILE))
          .isEqualTo("TLS: certificate from an untrusted issuer");
      assertThat(product.awaitDown("itself", "TLS", WHILE))
          .isEqualTo("TLS: self-signed certificate");
    }
  }
}
