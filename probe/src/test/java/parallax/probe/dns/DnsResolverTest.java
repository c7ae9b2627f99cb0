package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Reason;
import parallax.probe.net.Resolver.Resolution;
import parallax.probe.net.Resolver.Resolved;
import parallax.probe.net.Resolver.Unresolved;

/** Names to addresses, and whose trouble it is when there are none. */
final class DnsResolverTest {
  private static final Duration SHORT = Duration.ofMillis(800);
  private static Lab lab;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    lab = new Lab();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static Resolution resolve(String host, AddressFamily family, int... ports) {
    return Lab.await(lab.resolver.resolve(host, Lab.through(family, ports), Lab.within(SHORT)));
  }

  private static List<String> addresses(Resolution resolution) {
    return resolution instanceof Resolved resolved
        ? resolved.addresses().stream().map(parallax.probe.net.AddressText::of).toList()
        : List.of(resolution.toString());
  }

  private static Reason reason(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Unresolved.class);
    return ((Unresolved) resolution).reason();
  }

  private static Message both(Message query) {
    return query.getQuestion().getType() == Type.A
        ? UdpResponder.ok(query, "x.test. 0 A 192.0.2.1", "x.test. 0 A 192.0.2.2")
        : UdpResponder.ok(query, "x.test. 0 AAAA 2001:db8::1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ANY  | 192.0.2.1,192.0.2.2
          IPV4 | 192.0.2.1,192.0.2.2
          IPV6 | 2001:db8::1
          """)
  void givesTheAddressesOfTheFamily(AddressFamily family, String expected) {
    try (UdpResponder server = UdpResponder.answering(DnsResolverTest::both)) {
      assertThat(addresses(resolve("x.test", family, server.port())))
          .containsExactly(expected.split(","));
    }
  }

  @Test
  void takesIpv6WhereThereIsNoIpv4() {
    try (UdpResponder server =
        UdpResponder.answering(
            q -> q.getQuestion().getType() == Type.A ? UdpResponder.ok(q) : both(q))) {
      assertThat(addresses(resolve("x.test", AddressFamily.ANY, server.port())))
          .containsExactly("2001:db8::1");
    }
  }

  @Test
  void followsAliasesInsideTheAnswer() {
    try (UdpResponder server =
        UdpResponder.answering(
            q ->
                UdpResponder.ok(
                    q,
                    "b.test. 0 CNAME c.test.",
                    "c.test. 0 A 192.0.2.3",
                    "evil.test. 0 A 192.0.2.66",
                    "x.test. 0 CNAME B.test."))) {
      Resolution resolution = resolve("x.test", AddressFamily.IPV4, server.port());
      assertThat(addresses(resolution)).containsExactly("192.0.2.3");
      assertThat(resolution)
          .isInstanceOfSatisfying(
              Resolved.class,
              resolved ->
                  assertThat(resolved.canonicalNames()).containsExactly("b.test", "c.test"));
    }
  }

  @ParameterizedTest
  @CsvSource({"8,true", "9,false"})
  void aChainOfAliasesIsBounded(int aliases, boolean resolves) {
    String[] chain =
        Stream.concat(
                Stream.of("x.test. 0 CNAME a1.test."),
                IntStream.range(1, aliases)
                    .mapToObj(i -> "a" + i + ".test. 0 CNAME a" + (i + 1) + ".test."))
            .toArray(String[]::new);
    try (UdpResponder server =
        UdpResponder.answering(
            q -> {
              Message reply = UdpResponder.ok(q, chain);
              reply.addRecord(
                  UdpResponder.record("a" + aliases + ".test. 0 A 192.0.2.1"), Section.ANSWER);
              return reply;
            })) {
      Resolution resolution = resolve("x.test", AddressFamily.IPV4, server.port());
      if (resolves) {
        assertThat(resolution).isInstanceOf(Resolved.class);
      } else {
        assertThat(reason(resolution)).isEqualTo(Reason.CNAME_LOOP);
      }
    }
  }

  @Test
  void asksTheNextResolverWhenOneRefusesOrFails() {
    try (UdpResponder refusing = UdpResponder.answering(q -> UdpResponder.reply(q, Rcode.REFUSED));
        UdpResponder failing = UdpResponder.answering(q -> UdpResponder.reply(q, Rcode.SERVFAIL));
        UdpResponder silent = UdpResponder.silent();
        UdpResponder working = UdpResponder.answering(DnsResolverTest::both)) {
      assertThat(
              addresses(
                  resolve(
                      "x.test",
                      AddressFamily.ANY,
                      refusing.port(),
                      failing.port(),
                      silent.port(),
                      working.port())))
          .containsExactly("192.0.2.1", "192.0.2.2");
    }
  }

  @Test
  void noResolverIsAskedAfterOneSaidThatTheNameDoesNotExist() {
    try (UdpResponder first = UdpResponder.answering(q -> UdpResponder.reply(q, Rcode.NXDOMAIN));
        UdpResponder second = UdpResponder.answering(DnsResolverTest::both)) {
      assertThat(reason(resolve("x.test", AddressFamily.ANY, first.port(), second.port())))
          .isEqualTo(Reason.NXDOMAIN);
      assertThat(second.asked()).isZero();
    }
  }

  @Test
  void ofSeveralFailuresTheOneThatSaysMostIsKept() throws IOException {
    try (UdpResponder silent = UdpResponder.silent();
        UdpResponder failing = UdpResponder.answering(q -> UdpResponder.reply(q, Rcode.SERVFAIL))) {
      assertThat(
              reason(
                  resolve(
                      "x.test", AddressFamily.ANY, Nsd.freePort(), failing.port(), silent.port())))
          .isEqualTo(Reason.SERVFAIL);
    }
  }

  @Test
  void aResolverThatAnswersNobodyIsTheProbesOwnTrouble() {
    try (UdpResponder silent = UdpResponder.silent()) {
      Resolution resolution = resolve("x.test", AddressFamily.ANY, silent.port());
      assertThat(reason(resolution)).isEqualTo(Reason.PROBE_RESOLVER_DOWN);
      assertThat(resolution.took()).isLessThan(SHORT.plusMillis(200));
    }
  }

  @Test
  void aClosedResolverIsTheProbesOwnTrouble() throws IOException {
    assertThat(reason(resolve("x.test", AddressFamily.ANY, Nsd.freePort())))
        .isEqualTo(Reason.PROBE_RESOLVER_DOWN);
  }

  @Test
  void aResolverThatIsSilentAboutOneNameOnlySpeaksAboutThatName() {
    try (UdpResponder server =
        new UdpResponder(
            (_, q) -> {
              Message query = UdpResponder.parsed(q);
              boolean control = query.getQuestion().getType() == Type.NS;
              return control
                  ? List.of(UdpResponder.reply(query, Rcode.REFUSED).toWire())
                  : List.of();
            })) {
      Resolution resolution = resolve("x.test", AddressFamily.ANY, server.port());
      assertThat(reason(resolution)).isEqualTo(Reason.DNS_TIMEOUT);
      assertThat(resolution.took()).isLessThan(SHORT.plusMillis(200));
    }
  }

  @Test
  void withoutARouteTheResolverIsNotBlamed() {
    DnsResolver cutOff =
        new DnsResolver(
            lab.exchange,
            new SystemNames(folder.resolve("none"), folder.resolve("none"), System::nanoTime),
            _ -> false,
            System::nanoTime);
    Naming elsewhere = new Naming(List.of(new ServerAddress("192.0.2.1", 53)), AddressFamily.IPV4);
    assertThat(reason(Lab.await(cutOff.resolve("x.test", elsewhere, Lab.within(SHORT)))))
        .isEqualTo(Reason.PROBE_NO_ROUTE);
  }

  @Test
  void sameQuestionsAtTheSameTimeShareOneExchange() {
    try (UdpResponder server = UdpResponder.answering(DnsResolverTest::both)) {
      List<Future<Resolution>> running =
          IntStream.range(0, 50)
              .mapToObj(
                  _ ->
                      lab.resolver.resolve(
                          "x.test",
                          Lab.through(AddressFamily.ANY, server.port()),
                          Lab.within(Lab.TIMEOUT)))
              .toList();
      assertThat(running).allSatisfy(f -> assertThat(addresses(Lab.await(f))).hasSize(2));
      assertThat(server.asked()).isLessThan(50);
    }
  }

  @Test
  void nothingIsCached() {
    try (UdpResponder server = UdpResponder.answering(DnsResolverTest::both)) {
      resolve("x.test", AddressFamily.ANY, server.port());
      resolve("x.test", AddressFamily.ANY, server.port());
      assertThat(server.asked()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.7        | 192.0.2.7
          2001:DB8:0:0::7  | 2001:db8::7
          localhost        | 127.0.0.1,::1
          LOCALHOST.       | 127.0.0.1,::1
          shop.localhost   | 127.0.0.1,::1
          """)
  void literalsAndLocalhostAskNobody(String host, String expected) throws IOException {
    assertThat(addresses(resolve(host, AddressFamily.ANY, Nsd.freePort())))
        .containsExactly(expected.split(","));
  }

  @ParameterizedTest
  @CsvSource({"a..b", "-", "x\\046y", "''"})
  void whatIsNoDomainNameDoesNotExistOrIsAskedFor(String host) throws IOException {
    assertThat(resolve(host, AddressFamily.ANY, Nsd.freePort())).isInstanceOf(Unresolved.class);
  }

  @Test
  void aNameWithoutDotsIsLookedUpInTheHostsFile() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "10.1.2.3 Cache  # container\n10.1.2.4 shop.example.com\n");
    DnsResolver resolver = lab.resolver(folder.resolve("none"), hosts);
    assertThat(addresses(Lab.await(resolver.resolve("cache", Naming.SYSTEM, Lab.within(SHORT)))))
        .containsExactly("10.1.2.3");
    assertThat(SystemNames.hosts(Files.readAllLines(hosts))).containsOnlyKeys("cache");
  }

  @Test
  void aResolverMayBeConfiguredByName() {
    try (UdpResponder server = UdpResponder.answering(DnsResolverTest::both)) {
      Naming naming =
          new Naming(List.of(new ServerAddress("localhost", server.port())), AddressFamily.ANY);
      assertThat(addresses(Lab.await(lab.resolver.resolve("x.test", naming, Lab.within(SHORT)))))
          .hasSize(2);
    }
  }
}
