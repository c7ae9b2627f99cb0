package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.http.BodyExpect.SizeRange;
import parallax.config.check.http.HttpExpect.StatusRange;
import parallax.config.target.Target;

class TargetReadingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void aBareLineIsTheWholeStackWithSensibleDefaults() throws IOException {
    Target target = only("targets: [https://example.com/]");
    assertThat(target.name().value()).isEqualTo("https://example.com/");
    assertThat(target.url()).contains(URI.create("https://example.com/"));
    assertThat(target.interval()).hasSeconds(30);
    assertThat(target.from()).isEmpty();
    assertThat(target.checks())
        .extracting(CheckSpec::kind)
        .containsExactly(
            CheckKind.REGISTRATION,
            CheckKind.DELEGATION,
            CheckKind.DNS_AUTH,
            CheckKind.DNS,
            CheckKind.HTTP);
    assertThat(target.checks())
        .filteredOn(check -> !(check instanceof ZoneSpec || check instanceof RegistrationSpec))
        .allSatisfy(check -> assertThat(check.timeout()).isEqualTo(TIMEOUT));
    HttpSpec http = http(target);
    assertThat(http.expect().status()).containsExactly(new StatusRange(200, 299));
    assertThat(http.tls()).isEqualTo(TlsPolicy.DEFAULT);
    assertThat(http.redirects()).isEqualTo(5);
  }

  @Test
  void anIntervalMayBeShorterThanTheTimeout() throws IOException {
    Target target = only("targets: [{url: https://example.com/, interval: 1s}]");
    assertThat(target.interval()).hasSeconds(1);
    assertThat(http(target).timeout()).isEqualTo(TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, https://example.com/, REGISTRATION DELEGATION DNS_AUTH DNS HTTP",
    "HTTPS://Example.COM?x=1, https://example.com/?x=1, REGISTRATION DELEGATION DNS_AUTH DNS"
        + " HTTP",
    "https://münchen.example/ä?ö, https://xn--mnchen-3ya.example/%C3%A4?%C3%B6, REGISTRATION"
        + " DELEGATION DNS_AUTH DNS HTTP",
    "http://127.0.0.1:8080/a%20b, http://127.0.0.1:8080/a%20b, HTTP",
    "'https://[2001:DB8:0::1]/', 'https://[2001:db8::1]/', HTTP",
    "https://example.com./, https://example.com/, REGISTRATION DELEGATION DNS_AUTH DNS HTTP",
  })
  void writesUrlsTheWayTheyAreSent(String written, String sent, String kinds) throws IOException {
    Target target = only("targets: ['" + written + "']");
    assertThat(http(target).url()).isEqualTo(URI.create(sent));
    assertThat(http(target).url().getHost()).isNotNull();
    assertThat(target.checks())
        .extracting(check -> check.kind().name())
        .containsExactly(kinds.split(" ", -1));
  }

  @Test
  void connectionsAreCheckedByTheirScheme() throws IOException {
    assertThat(only("targets: ['tcp://db.example.com:5432']").checks())
        .filteredOn(check -> !(check instanceof ZoneSpec))
        .containsExactly(
            new RegistrationSpec(
                "db.example.com", RegistrationPolicy.DEFAULT, RegistrationSpec.LEAST_TIMEOUT),
            new DnsSpec(
                Optional.empty(),
                "db.example.com",
                List.of("A", "AAAA"),
                new TreeMap<>(),
                Naming.SYSTEM,
                TIMEOUT),
            new TcpSpec(new ServerAddress("db.example.com", 5432), Naming.SYSTEM, TIMEOUT));
    assertThat(only("targets: ['tls://[::1]']").checks())
        .containsExactly(
            new TlsSpec(new ServerAddress("::1", 443), TlsPolicy.DEFAULT, Naming.SYSTEM, TIMEOUT));
  }

  @Test
  void theZoneOfANameIsLookedAtOnceAMinuteOrAsOftenAsTheTargetIfThatIsLess() throws IOException {
    Target often = only("targets: [{url: https://www.example.com/, interval: 10s, timeout: 1s}]");
    assertThat(zone(often).host()).isEqualTo("www.example.com");
    assertThat(zone(often).timeout()).isEqualTo(ZoneSpec.LEAST_TIMEOUT);
    assertThat(zone(often).dnssec()).isEqualTo(ZoneSpec.Dnssec.IF_SIGNED);
    assertThat(zone(often).interval(often.interval())).hasSeconds(60);
    Target seldom = only("targets: [{url: https://www.example.com/, interval: 10m}]");
    assertThat(zone(seldom).interval(seldom.interval())).hasMinutes(10);
    Target written =
        only("targets: [{url: https://www.example.com/, dns: {walk: 5s, dnssec: required}}]");
    assertThat(zone(written).interval(written.interval())).hasSeconds(5);
    assertThat(zone(written).dnssec()).isEqualTo(ZoneSpec.Dnssec.REQUIRED);
  }

  @Test
  void whatTheZoneAboveShouldSayIsReadAsSets() throws IOException {
    Target target =
        only(
            """
            targets:
              - url: https://www.example.com/
                dns:
                  ns: [NS2.example.com., ns1.example.com, ns2.example.com]
                  ds: [2371 13 2 ab12 CD34]
                  expiry: {fail: 5d}
            """);
    ZoneSpec.Delegation parent =
        (ZoneSpec.Delegation) target.check(CheckKind.DELEGATION).orElseThrow();
    assertThat(parent.approved().servers().orElseThrow())
        .containsExactly("ns1.example.com", "ns2.example.com");
    assertThat(parent.approved().ds().orElseThrow()).containsExactly("2371 13 2 AB12CD34");
    ZoneSpec.NameServers own =
        (ZoneSpec.NameServers) target.check(CheckKind.DNS_AUTH).orElseThrow();
    assertThat(own.expiry())
        .contains(new ZoneSpec.SignatureExpiry(Duration.ofDays(5), Duration.ofDays(5)));
  }

  @Test
  void nothingThatTheZoneAboveSaysIsWrongUntilSomebodySaysWhatIsRight() throws IOException {
    Target target = only("targets: ['https://www.example.com/']");
    assertThat(((ZoneSpec.Delegation) zone(target)).approved()).isEqualTo(ZoneSpec.Approved.ANY);
    Target unsigned = only("targets: [{url: https://www.example.com/, dns: {ds: []}}]");
    ZoneSpec.Approved approved = ((ZoneSpec.Delegation) zone(unsigned)).approved();
    assertThat(approved.servers()).isEmpty();
    assertThat(approved.ds().orElseThrow()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost:8080/",
        "http://web.localhost/",
        "http://nas/",
        "http://nas.local/",
        "http://db.corp.internal/",
        "tcp://printer.home.arpa:631",
        "dns://127.0.0.1/example.com",
      })
  void namesThatNoPublicZoneHoldsHaveNoZoneToLookAt(String url) throws IOException {
    assertThat(only("targets: ['" + url + "']").checks()).noneMatch(ZoneSpec.class::isInstance);
  }

  @Test
  void theZoneIsLeftAloneWhereItIsSaidOrTheNameIsAProxysToResolve() throws IOException {
    assertThat(only("targets: [{url: https://example.com/, dns: {walk: off}}]").checks())
        .noneMatch(ZoneSpec.class::isInstance);
    assertThat(
            only("targets: [{url: https://example.com/, http: {proxy: {url:"
                    + " 'http://10.0.0.1:3128'}}}]")
                .checks())
        .noneMatch(ZoneSpec.class::isInstance);
  }

  @Test
  void theServersOfTheZoneAreExpectedToAnswerWhatResolversAre() throws IOException {
    Target target = only("targets: [{url: https://example.com/, dns: {expect: {A: 192.0.2.1}}}]");
    ZoneSpec.NameServers servers =
        (ZoneSpec.NameServers) target.check(CheckKind.DNS_AUTH).orElseThrow();
    assertThat(servers.types()).containsExactly("A");
    assertThat(servers.expect()).isEqualTo(dns(target).expect());
  }

  @Test
  void nameServersAreTargetsThemselves() throws IOException {
    DnsSpec dns =
        dns(only("targets: [{url: 'dns://ns1.example.com:5353/Example.com?type=SOA,NS'}]"));
    assertThat(dns.server()).contains(new ServerAddress("ns1.example.com", 5353));
    assertThat(dns.name()).isEqualTo("example.com");
    assertThat(dns.types()).containsExactly("SOA", "NS");
    assertThat(dns(only("targets: ['dns://127.0.0.1/_sip._tcp.example.com']")).types())
        .containsExactly("A");
  }

  @Test
  void expectedAnswersSayWhatIsAskedFor() throws IOException {
    DnsSpec dns =
        dns(
            only(
                """
                targets:
                  - url: https://example.com/
                    ip: ipv6
                    dns:
                      expect: {AAAA: "2001:DB8:0:0::1", MX: [20 b.example.com, 10 a.example.com]}
                      resolvers: [127.0.0.1:5353, "::1"]
                """));
    assertThat(dns.types()).containsExactly("AAAA", "MX");
    assertThat(dns.expect().get("AAAA")).containsExactly("2001:db8::1");
    assertThat(dns.expect().get("MX"))
        .isEqualTo(new TreeSet<>(List.of("10 a.example.com", "20 b.example.com")));
    assertThat(dns.naming())
        .isEqualTo(
            new Naming(
                List.of(new ServerAddress("127.0.0.1", 5353), new ServerAddress("::1", 53)),
                AddressFamily.IPV6));
  }

  @Test
  void theFamilySaysWhichAddressesAreAskedFor() throws IOException {
    assertThat(dns(only("targets: [{url: https://example.com/, ip: ipv4}]")).types())
        .containsExactly("A");
  }

  @Test
  void defaultsAreMergedKeyByKey() throws IOException {
    HttpSpec http =
        http(
            only(
                """
                defaults:
                  http:
                    headers: {X-A: a, X-B: b}
                    expect: {status: 200, latency: {warn: 1s}}
                    auth: {bearer: {token: "${env:HOME}"}}
                  tls: {expiry: {warn: 30d}}
                targets:
                  - url: https://example.com/
                    http:
                      headers: {X-B: c}
                      expect: {latency: {fail: 2s}}
                      auth: {basic: {user: u, password: "${env:HOME}"}}
                    tls: {expiry: {fail: 10d}, min_version: 1.3}
                """));
    assertThat(http.headers())
        .extracting(header -> header.name() + "=" + header.value().reveal())
        .containsExactly("X-A=a", "X-B=c");
    assertThat(http.expect().status()).containsExactly(new StatusRange(200, 200));
    assertThat(http.expect().latencyWarn()).contains(Duration.ofSeconds(1));
    assertThat(http.expect().latencyFail()).contains(Duration.ofSeconds(2));
    assertThat(http.credentials())
        .isInstanceOf(parallax.config.check.http.HttpCredentials.Basic.class);
    assertThat(http.tls().expiryWarn()).hasDays(30);
    assertThat(http.tls().expiryFail()).hasDays(10);
    assertThat(http.tls().minimum()).isEqualTo(TlsPolicy.TlsVersion.TLS_1_3);
  }

  @Test
  void blocksOfTheDefaultsDoNotDisturbTargetsThatHaveNoUseForThem() throws IOException {
    assertThat(
            only("defaults: {http: {method: HEAD}, tls: {}}\ntargets: ['tcp://127.0.0.1:80']")
                .checks())
        .hasSize(1);
  }

  @Test
  void labelsOfDefaultsAndTargetAreMerged() throws IOException {
    Target target =
        only(
            """
            defaults: {labels: {team: web, tier: 2}}
            targets: [{url: https://example.com/, labels: {tier: critical, on: true}}]
            """);
    assertThat(target.labels())
        .containsEntry("team", "web")
        .containsEntry("tier", "critical")
        .containsEntry("on", "true")
        .hasSize(3);
  }

  @Test
  void onlyOneExpiryMovesTheOtherOutOfTheWay() throws IOException {
    TlsPolicy late = http(only(tls("{fail: 30d}"))).tls();
    assertThat(late.expiryWarn()).hasDays(30);
    assertThat(late.expiryFail()).hasDays(30);
    TlsPolicy early = http(only(tls("{warn: 1d}"))).tls();
    assertThat(early.expiryWarn()).hasDays(1);
    assertThat(early.expiryFail()).hasDays(1);
  }

  private static String tls(String expiry) {
    return "targets: [{url: https://example.com/, tls: {expiry: " + expiry + "}}]";
  }

  @Test
  void bodiesAreJudgedInEveryWay() throws IOException {
    var body =
        http(only(
                """
                targets:
                  - url: https://example.com/
                    http:
                      expect:
                        body:
                          contains: ok
                          matches: [a+, b+]
                          excludes: error
                          json: {$.a.b: 1.0, "$['x y'][2]": null, $.c: "1"}
                          size: 1KiB..
                """))
            .expect()
            .body();
    assertThat(body.contains()).containsExactly("ok");
    assertThat(body.matches()).extracting(Object::toString).containsExactly("a+", "b+");
    assertThat(body.excludes()).hasSize(1);
    assertThat(body.json())
        .extracting(expect -> expect.path() + " " + expect.value())
        .containsExactly(
            "$['a']['b'] JsonNumber[value=1]",
            "$['x y'][2] JsonNull[]",
            "$['c'] JsonText[value=1]");
    assertThat(body.size()).contains(new SizeRange(1024, Long.MAX_VALUE));
  }

  private Target only(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), yaml);
    Loaded loaded = ConfigurationLoader.load(file, Fixtures.SECRETS);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    List<Target> targets = ((Loaded.Valid) loaded).configuration().targets();
    assertThat(targets).hasSize(1);
    return targets.getFirst();
  }

  private static ZoneSpec zone(Target target) {
    return (ZoneSpec) target.check(CheckKind.DELEGATION).orElseThrow();
  }

  private static HttpSpec http(Target target) {
    return (HttpSpec) target.check(CheckKind.HTTP).orElseThrow();
  }

  private static DnsSpec dns(Target target) {
    return (DnsSpec) target.check(CheckKind.DNS).orElseThrow();
  }
}
