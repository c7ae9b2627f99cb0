package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import parallax.probe.fixture.Nginx;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.tls.judge.TrustAnchors;

/** Web servers where a resolver should be, with HTTP/2 and without. */
final class HttpsVantageTest {
  private static final String LOCATIONS =
      """
      ssl_certificate server.pem;
      ssl_certificate_key server.key;
      root .;
      location / { error_page 405 =200 $uri; default_type application/dns-message; }
      location /text { default_type text/plain; return 200 "hello"; }
      location /away { return 302 /answer; }
      location /busy { return 503; }
      """;

  @TempDir private static Path folder;

  private static Optional<Nginx> nginx = Optional.empty();
  private static Optional<VantageLab> lab = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Programs.find("nginx").isPresent(), "needs the nginx program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Root");
    authority.server("root", "server", "DNS:resolver.test");
    Message answer = new Message(0);
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(
        Record.newRecord(VantageLab.SHOP.name(), VantageLab.SHOP.type(), DClass.IN),
        Section.QUESTION);
    Files.write(folder.resolve("answer"), answer.toWire());
    Message other = new Message(0);
    other.getHeader().setFlag(Flags.QR);
    other.addRecord(
        Record.newRecord(Name.root, VantageLab.SHOP.type(), DClass.IN), Section.QUESTION);
    Files.write(folder.resolve("other"), other.toWire());
    Files.write(folder.resolve("huge"), new byte[70_000]);
    Files.write(folder.resolve("empty"), new byte[0]);
    nginx =
        Optional.of(
            new Nginx(
                folder,
                Map.of(
                    "old", "listen 127.0.0.1:%d ssl;\n" + LOCATIONS,
                    "new", "listen 127.0.0.1:%d ssl http2;\n" + LOCATIONS)));
    lab = Optional.of(new VantageLab(new TrustAnchors(List.of(authority.certificate("root")))));
  }

  @AfterAll
  static void stop() {
    nginx.ifPresent(Nginx::close);
    lab.ifPresent(VantageLab::close);
  }

  @ParameterizedTest
  @CsvSource({
    "answer, answered",
    "other, DNS_MALFORMED",
    "huge, DNS_MALFORMED",
    "empty, DNS_MALFORMED",
    "text, DNS_MALFORMED",
    "away, HTTP_STATUS",
    "busy, HTTP_STATUS",
    "nothing, HTTP_STATUS"
  })
  void onlyAnAnswerToTheQuestionIsOne(String path, String expected) {
    for (String server : List.of("old", "new")) {
      Vantage vantage =
          new Vantage(
              server,
              Vantage.Kind.PUBLIC,
              Unbound.at(nginx.orElseThrow().port(server)),
              new Vantage.Https(VantageLab.named("resolver.test"), "/" + path));
      Heard heard = lab.orElseThrow().ask(vantage, Duration.ofSeconds(5));
      String found =
          switch (heard) {
            case Heard.Answered _ -> "answered";
            case Heard.Silent silent -> silent.reason().name();
          };
      assertThat(found).as(server + ": " + heard).isEqualTo(expected);
    }
  }

  @Test
  void aResolverWithoutANameIsAskedByItsAddress() throws IOException {
    InetAddress loopback6 = InetAddress.ofLiteral("::1");
    assumeTrue(canListenOn(loopback6), "needs IPv6 on loopback");
    Path own = Files.createDirectory(folder.resolve("six"));
    for (String file : List.of("server.pem", "server.key", "answer")) {
      Files.copy(folder.resolve(file), own.resolve(file));
    }
    String block = "listen [::1]:%d ssl http2;\nlisten 127.0.0.1:%<d ssl http2;\n" + LOCATIONS;
    TestAuthority authority = new TestAuthority(folder);
    String pin = VantageLab.pin(authority.certificate("server"));
    try (Nginx six = new Nginx(own, Map.of("six", block))) {
      Vantage vantage =
          new Vantage(
              "six",
              Vantage.Kind.PUBLIC,
              new InetSocketAddress(loopback6, six.port("six")),
              new Vantage.Https(VantageLab.pinned(pin), "/answer"));
      assertThat(lab.orElseThrow().ask(vantage, Duration.ofSeconds(5)))
          .isInstanceOf(Heard.Answered.class);
    }
  }

  private static boolean canListenOn(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
