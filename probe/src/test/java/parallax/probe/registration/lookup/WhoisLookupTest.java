package parallax.probe.registration.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.probe.fixture.RawServer;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.Registration;
import parallax.probe.registration.status.DomainState;

class WhoisLookupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String THIN =
      """
         Domain Name: SHOP.COM
         Registrar WHOIS Server: %s
         Registrar URL: http://registrar.example
         Creation Date: 2001-03-05T05:00:00Z
         Registry Expiry Date: 2027-06-01T00:00:00Z
         Registrar: Registrar Ltd
         Registrar Abuse Contact Email: abuse@registrar.example
         Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
         Name Server: NS1.EXAMPLE.NET
      """;

  private final List<String> questions = Collections.synchronizedList(new ArrayList<>());

  @Test
  void asksVerisignInItsFormAndTheRegistrarOnce() {
    try (RawServer registrar =
            answering(THIN.formatted("whois.test").replace("2027-06-01", "2026-06-01"));
        RawServer registry = answering(THIN.formatted("whois.test:" + registrar.port()));
        Registries registries = new Registries()) {
      Looked.Answered answered = (Looked.Answered) look(registries, "shop.com", "com", registry);
      Registration.Registered read = (Registration.Registered) answered.registration();
      assertThat(questions).containsExactly("domain =shop.com", "shop.com");
      assertThat(read.facts().dates().registryExpiry().when().orElseThrow().text())
          .startsWith("2027-06-01");
      assertThat(read.facts().dates().registrarExpiry().when().orElseThrow().text())
          .startsWith("2026-06-01");
      assertThat(answered.contact().orElseThrow().words())
          .isEqualTo("abuse@registrar.example, http://registrar.example");
    }
  }

  @Test
  void readsJapaneseOfJprsAndAsksForEnglish() {
    String answer =
        """
        a. [ドメイン名]                 SHOP.OR.JP
        p. [ネームサーバ]               ns1.example.net
        [状態]                          Suspended (2026/11/30)
        [登録年月日]                    2025/09/01
        """;
    byte[] bytes = answer.getBytes(Charset.forName("ISO-2022-JP"));
    try (RawServer registry = server(peer -> peer.send(bytes));
        Registries registries = new Registries()) {
      Looked.Answered answered =
          (Looked.Answered) look(registries, "shop.or.jp", "or.jp", registry);
      assertThat(questions).containsExactly("shop.or.jp/e");
      assertThat(((Registration.Registered) answered.registration()).facts().states())
          .contains(DomainState.SUSPENDED);
      assertThat(registries.asked()).containsExactly("whois.test 30");
    }
  }

  @Test
  void findsTheServerOfATldAtIanaAndRemembersIt() {
    try (RawServer registry = answering("Domain Name: shop.zz\nCreation Date: 2020-01-01\n");
        RawServer iana = answering("refer:        whois.test:" + registry.port() + "\n");
        Registries registries =
            new Registries(NetworkPolicy.forOperator(List.of(), List.of()), iana.port())) {
      Wanted wanted = new Wanted("shop.zz", "zz", Optional.empty(), Optional.empty());
      assertThat(((Looked.Answered) registries.look(wanted, PATIENCE)).registration())
          .isInstanceOf(Registration.Registered.class);
      registries.look(wanted, PATIENCE);
      assertThat(questions).containsExactly("zz", "shop.zz", "shop.zz");
    }
  }

  @Test
  void aTldThatNobodyRefersIsUnsupported() {
    try (RawServer iana = answering("domain: ZZ\nstatus: ACTIVE\n");
        Registries registries =
            new Registries(NetworkPolicy.forOperator(List.of(), List.of()), iana.port())) {
      Wanted wanted = new Wanted("shop.zz", "zz", Optional.empty(), Optional.empty());
      assertThat(registries.look(wanted, PATIENCE)).isEqualTo(new Looked.Unsupported("zz"));
    }
  }

  @Test
  void anAnswerThatIsCutOffIsNone() {
    try (RawServer registry =
            server(
                peer -> {
                  peer.send("Domain Name: SHOP.COM\r\nCreation Date: 2020-01-01\r\n");
                  peer.reset();
                });
        Registries registries = new Registries()) {
      assertThat(((Looked.Answered) look(registries, "shop.com", "com", registry)).registration())
          .isInstanceOf(Registration.Unavailable.class);
    }
  }

  @Test
  void aServerThatDripsIsLeftAtTheDeadline() {
    try (RawServer registry =
            server(
                peer -> {
                  peer.send("Domain Name: SHOP.COM\r\n");
                  peer.awaitEnd();
                });
        Registries registries = new Registries()) {
      Looked looked = registries.whois("shop.com", "com", registry.port(), Duration.ofMillis(300));
      assertThat(((Looked.Answered) looked).registration())
          .isEqualTo(
              new Registration.Unavailable(
                  "whois.test:" + registry.port() + " did not end its answer in time"));
    }
  }

  @Test
  void aFloodIsReadUpToAMebibyte() {
    byte[] block =
        "% noise noise noise noise noise noise\n".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
    try (RawServer registry =
            server(
                peer -> {
                  for (int sent = 0; sent < 1_000; sent++) {
                    peer.send(block);
                  }
                });
        Registries registries = new Registries()) {
      assertThat(((Looked.Answered) look(registries, "shop.com", "com", registry)).registration())
          .isInstanceOf(Registration.NotParsed.class);
      assertThat(registry.sent()).isLessThan(40L << 20);
    }
  }

  private static Looked look(
      Registries registries, String domain, String suffix, RawServer registry) {
    return registries.whois(domain, suffix, registry.port(), PATIENCE);
  }

  private RawServer answering(String text) {
    return server(peer -> peer.send(text));
  }

  private RawServer server(RawServer.Script script) {
    return new RawServer(
        peer -> {
          questions.add(line(peer));
          script.serve(peer);
        });
  }

  private static String line(RawServer.Peer peer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = peer.in().read(); read >= 0 && read != '\n'; read = peer.in().read()) {
      line.append((char) read);
    }
    return line.toString().strip();
  }
}
