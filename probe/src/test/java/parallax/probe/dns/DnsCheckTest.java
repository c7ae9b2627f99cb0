package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;

/** What the check says of a real name server. */
final class DnsCheckTest {
  private static final String ZONE =
      """
      $ORIGIN example.test.
      $TTL 60
      @     SOA ns1 hostmaster 2026010101 3600 600 86400 60
      @     NS ns1
      @     MX 10 Mail
      @     TXT "v=spf1 ip4:192.0.2.0/24" " -all"
      ns1   A 127.0.0.1
      www   A 192.0.2.10
      www   A 192.0.2.11
      www   AAAA 2001:db8:0:0:0:0:0:1
      four  A 192.0.2.4
      empty TXT "nothing to connect to"
      alias CNAME www
      ring  CNAME ring2
      ring2 CNAME ring
      lost  CNAME nowhere
      sub   NS ns.sub
      ns.sub A 127.0.0.1
      big   TXT %s
      """
          .formatted(
              String.join(
                  " ",
                  IntStream.range(0, 12).mapToObj(i -> '"' + "x".repeat(200) + i + '"').toList()));

  @TempDir static Path folder;
  private static Lab lab;
  private static Nsd nsd;

  @BeforeAll
  static void start() throws IOException {
    lab = new Lab();
    Map<String, String> zones = new LinkedHashMap<>();
    zones.put("example.test", ZONE);
    zones.put("broken.test", "");
    nsd = Nsd.serving(lab.vertx, folder, zones);
  }

  @AfterAll
  static void stop() {
    Optional.ofNullable(nsd).ifPresent(Nsd::close);
    lab.close();
  }

  @ParameterizedTest(name = "{0} {1} = {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          www.example.test   | A     | 192.0.2.11;192.0.2.10
          WWW.Example.Test.  | A     | 192.0.2.10;192.0.2.11
          www.example.test   | AAAA  | 2001:DB8::1
          alias.example.test | A     | 192.0.2.10;192.0.2.11
          alias.example.test | CNAME | WWW.example.test
          example.test       | MX    | 10 mail.example.test
          example.test       | MX    | 10 MAIL.EXAMPLE.TEST.
          example.test       | NS    | ns1.example.test.
          example.test       | TXT   | v=spf1 ip4:192.0.2.0/24 -all
          example.test       | TXT   | "v=spf1 ip4:192.0.2.0/24 -all"
          example.test       | SOA   | ns1.example.test. hostmaster.example.test. 2026010101 3600 600 86400 60
          www.example.test   | A     |
          """)
  void isUpWhenTheAnswerIsTheExpectedOne(String name, String type, String expected) {
    String[] answers = expected == null ? new String[0] : expected.split(";");
    CheckResult result = lab.run(Lab.target(nsd.port(), name, type, answers));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.layer()).isEqualTo(Layer.DNS);
    assertThat(result.facts().answers()).isNotEmpty();
    assertThat(result.facts().address()).contains("127.0.0.1");
    assertThat(result.timings().of(Phase.FIRST_BYTE)).isPresent();
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere.example.test | A    |           | NXDOMAIN         | nowhere.example.test. A
          lost.example.test    | A    |           | NXDOMAIN         | alias of nowhere.example.test.
          empty.example.test   | A    |           | NODATA           | empty.example.test. A
          x.sub.example.test   | A    |           | NODATA           | referral to the servers of sub.example.test.
          example.org          | A    |           | REFUSED          | example.org. A
          www.broken.test      | A    |           | SERVFAIL         | www.broken.test. A
          ring.example.test    | A    |           | CNAME_LOOP       | ring.example.test. A
          www.example.test     | A    | 192.0.2.9 | DNS_WRONG_ANSWER | A expected 192.0.2.9; found 192.0.2.10, 192.0.2.11
          four.example.test    | AAAA | ::1       | NODATA           | four.example.test. AAAA
          """)
  void isDownWithTheReasonOfTheAnswer(
      String name, String type, String expected, Reason reason, String detail) {
    String[] answers = expected == null ? new String[0] : expected.split(";");
    CheckResult result = lab.run(Lab.target(nsd.port(), name, type, answers));
    assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(Lab.reason(result.outcome())).isEqualTo(reason);
    assertThat(Lab.detail(result.outcome())).contains(detail);
    assertThat(result.layer()).isEqualTo(Layer.DNS);
  }

  @Test
  void readsOverTcpWhatDoesNotFitIntoAPacket() {
    CheckResult result = lab.run(Lab.target(nsd.port(), "big.example.test", "TXT"));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.facts().answers()).singleElement().asString().startsWith("\"xxx");
  }

  @Test
  void showsTextsInQuotes() {
    CheckResult result = lab.run(Lab.target(nsd.port(), "example.test", "TXT"));
    assertThat(result.facts().answers()).containsExactly("\"v=spf1 ip4:192.0.2.0/24\" \" -all\"");
  }

  @Test
  void showsAnswersAsPeopleWriteThem() {
    DnsSpec spec = addresses("www.example.test", Lab.through(AddressFamily.ANY, nsd.port()));
    CheckResult result = lab.run(spec);
    assertThat(result.facts().answers()).containsExactly("192.0.2.10", "192.0.2.11", "2001:db8::1");
    assertThat(result.timings().of(Phase.RESOLVE)).isPresent();
  }

  @Test
  void saysWhatAnAliasStandsFor() {
    CheckResult alias = lab.run(Lab.target(nsd.port(), "alias.example.test", "A"));
    assertThat(alias.facts().canonicalNames()).containsExactly("www.example.test");
    CheckResult none = lab.run(Lab.target(nsd.port(), "www.example.test", "A"));
    assertThat(none.facts().canonicalNames()).isEmpty();
  }

  @Test
  void isUpWhenOneOfTheTypesHasAnAnswer() {
    DnsSpec spec = addresses("four.example.test", Lab.through(AddressFamily.ANY, nsd.port()));
    assertThat(lab.run(spec).outcome()).isEqualTo(Outcome.up());
  }

  @ParameterizedTest
  @CsvSource({"nowhere.example.test,NXDOMAIN", "www.broken.test,SERVFAIL", "www.else.test,REFUSED"})
  void keepsTheRcodeThroughAResolver(String name, Reason reason) {
    CheckResult result = lab.run(addresses(name, Lab.through(AddressFamily.ANY, nsd.port())));
    assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(Lab.reason(result.outcome())).isEqualTo(reason);
  }

  @Test
  void silenceOfTheServerThatIsTheTargetIsDown() {
    try (UdpResponder silent = UdpResponder.silent()) {
      DnsSpec spec = shorter(Lab.target(silent.port(), "example.test", "A"));
      CheckResult result = lab.run(spec);
      assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
      assertThat(Lab.reason(result.outcome())).isEqualTo(Reason.DNS_TIMEOUT);
      assertThat(silent.asked()).isEqualTo(2);
    }
  }

  @Test
  void aClosedPortOfTheServerThatIsTheTargetIsDownAtOnce() throws IOException {
    CheckResult result = lab.run(Lab.target(Nsd.freePort(), "example.test", "A"));
    assertThat(Lab.reason(result.outcome())).isEqualTo(Reason.DNS_PORT_UNREACHABLE);
    assertThat(result.timings().total()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aServerIsFoundByItsName() {
    DnsSpec spec =
        new DnsSpec(
            Optional.of(new ServerAddress("localhost", nsd.port())),
            "www.example.test",
            List.of("A"),
            new TreeMap<>(),
            Naming.SYSTEM,
            Lab.TIMEOUT);
    assertThat(lab.run(spec).outcome()).isEqualTo(Outcome.up());
  }

  @Test
  void sendsNothingToAForbiddenServer() {
    try (UdpResponder server = UdpResponder.silent()) {
      DnsCheck check =
          new DnsCheck(
              lab.exchange, lab.resolver, (InetAddress a) -> !a.isLoopbackAddress(), _ -> true);
      DnsSpec spec = Lab.target(server.port(), "example.test", "A");
      CheckResult result = Lab.await(check.run(spec, Lab.within(Lab.TIMEOUT)));
      assertThat(Lab.reason(result.outcome())).isEqualTo(Reason.PROBE_ADDRESS_FORBIDDEN);
      assertThat(server.asked()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"A,not an address", "NONSENSE,x", "MX,mail.example.test"})
  void whatCannotBeComparedIsNotHeldAgainstTheTarget(String type, String expected) {
    CheckResult result = lab.run(Lab.target(nsd.port(), "example.test", type, expected));
    assertThat(result.outcome()).isInstanceOf(Outcome.Inconclusive.class);
    assertThat(Lab.reason(result.outcome())).isEqualTo(Reason.PROBE_NOT_CONFIGURED);
  }

  @Test
  void localhostNeedsNoResolver() {
    assertThat(lab.run(addresses("localhost", Naming.SYSTEM)).facts().answers())
        .containsExactly("127.0.0.1", "::1");
  }

  private static DnsSpec addresses(String name, Naming naming) {
    return new DnsSpec(
        Optional.empty(), name, List.of("A", "AAAA"), new TreeMap<>(), naming, Lab.TIMEOUT);
  }

  private static DnsSpec shorter(DnsSpec spec) {
    return new DnsSpec(
        spec.server(),
        spec.name(),
        spec.types(),
        spec.expect(),
        spec.naming(),
        Duration.ofMillis(600));
  }
}
