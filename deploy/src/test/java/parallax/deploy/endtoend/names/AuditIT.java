package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.audit.AuditCommand;
import parallax.deploy.endtoend.Certificates;
import parallax.deploy.endtoend.Nginx;
import parallax.deploy.endtoend.Programs;
import picocli.CommandLine;

/** An audit of a name system whose shared fates are known: they are found, and nothing else. */
final class AuditIT {
  private static final DateTimeFormatter OPENSSL =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String PAGE = "http://www.control.so";

  @TempDir Path folder;

  private NameLab lab;
  private Registries registries;

  @BeforeEach
  void start() throws IOException {
    lab = new NameLab(folder.resolve("lab"));
    registries = new Registries(folder);
    Assumptions.assumeTrue(lab.hasResolver(), "no resolver without root");
  }

  @AfterEach
  void stop() throws IOException {
    registries.close();
    lab.close();
  }

  @Test
  void theSharedFatesAreFoundAndNothingElse() throws IOException {
    registries.record("control.so", "active");
    int port = Programs.freePort();
    Certificates certificates = new Certificates(folder.resolve("pki"));
    Certificates.Pair ours = certificates.authority("ours");
    Instant end = Instant.now().plus(Duration.ofDays(10)).plusSeconds(3_600);
    Certificates.Pair server =
        certificates.signed(
            "server",
            ours,
            "DNS:www.healthy.test,DNS:www.soon.test",
            List.of("20240101000000Z", OPENSSL.format(end)));
    String listen =
        "listen 127.0.0.1:%1$d ssl; listen %2$s:%1$d ssl;"
            .formatted(port, lab.at("7.1").getAddress().getHostAddress());
    try (Nginx nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server { %s %s location / { return 200 ok; } }\n".formatted(listen, server.nginx()))) {
      assertThat(nginx).isNotNull();
      Ran ran = audit(configuration(port, ours.certificate()));
      assertThat(ran.status()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.of("finding").stream().map(AuditIT::words))
          .as(ran.toString())
          .containsExactlyInAnyOrder(
              "critical status-page-same-fate [\"shop\",\"soon\"]",
              "critical name-servers-one-prefix [\"shop\"]",
              "critical name-servers-one-prefix [\"soon\"]",
              "critical name-servers-one-prefix [\"" + PAGE + "\"]",
              "warning signature-ends [\"soon\"]",
              "warning certificate-ends [\"shop\"]",
              "warning certificate-ends [\"soon\"]",
              "warning domain-without-lock [\"" + PAGE + "\"]",
              "warning targets-one-address [\"shop\",\"soon\"]",
              "notice targets-one-name-servers [\"shop\",\"soon\"]",
              "notice targets-one-authority [\"shop\",\"soon\"]",
              "notice name-servers-one-family [\"shop\"]",
              "notice name-servers-one-family [\"soon\"]",
              "notice name-servers-one-family [\"" + PAGE + "\"]",
              "notice name-servers-one-provider [\"shop\"]",
              "notice name-servers-one-provider [\"soon\"]",
              "notice name-servers-one-provider [\"" + PAGE + "\"]",
              "notice name-servers-one-tld [\"shop\"]",
              "notice name-servers-one-tld [\"soon\"]",
              "notice name-servers-one-tld [\"" + PAGE + "\"]");
      assertThat(
              ran.of("ending").stream().map(each -> each.getString("kind") + each.getLong("days")))
          .first()
          .isEqualTo("signature1");
      assertThat(ran.of("ending").stream().map(each -> each.getString("kind")))
          .containsExactly("signature", "certificate", "certificate", "signature", "registration");
      assertThat(ran.of("untold")).as(ran.toString()).isEmpty();
    }
  }

  private static String words(JsonObject finding) {
    return finding.getString("severity")
        + " "
        + finding.getString("kind")
        + " "
        + finding.getJsonArray("targets").encode();
  }

  private Path configuration(int port, Path authority) throws IOException {
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        version: 1
        defaults:
          dns: {resolvers: ["%1$s"]}
          tls: {ca: %2$s}
          registration: {watch: off}
        targets:
          - {name: shop, url: "https://www.healthy.test:%3$d/"}
          - {name: soon, url: "https://www.soon.test:%3$d/"}
        """
            .formatted(resolver(), authority, port));
  }

  private String resolver() {
    InetSocketAddress resolver = lab.at("0.53");
    return resolver.getAddress().getHostAddress() + ":" + resolver.getPort();
  }

  private Ran audit(Path configuration) throws IOException {
    Path origins = Files.writeString(folder.resolve("origins"), "127.0.0.0\t8\t64500\n");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(lab.options());
    arguments.addAll(registries.options());
    arguments.addAll(
        List.of(
            "--json",
            "--resolver",
            resolver(),
            "--origins",
            origins.toString(),
            "--status-page",
            PAGE,
            configuration.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new AuditCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  private record Ran(int status, String out, String err) {
    List<JsonObject> of(String type) {
      return out.lines()
          .map(JsonObject::new)
          .filter(object -> object.getString("type").equals(type))
          .toList();
    }
  }
}
