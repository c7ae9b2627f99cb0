package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.ZoneSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.observation.Outcome;
import parallax.probe.check.CheckResult;
import parallax.probe.dns.zone.DelegationCheck;
import parallax.probe.dns.zone.NameServersCheck;

/** The checks of a zone, as a probe makes them, in a name system that is broken in every way. */
final class ZoneChecksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @TempDir static Path folder;

  private static Optional<NameLab> started = Optional.empty();

  @BeforeAll
  static void up() throws IOException {
    started = Optional.of(new NameLab(folder.resolve("lab")));
  }

  @AfterAll
  static void down() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static NameLab lab() {
    return started.orElseThrow();
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          www.healthy.test    | up                            | up
          www.notion.so       | up                            | up
          www.example.or.jp   | up                            | up
          www.kept.wild       | up                            | up
          www.gone.test       | down DELEGATION_ABSENT        | down DELEGATION_ABSENT
          www.hold.test       | down DELEGATION_ABSENT        | down DELEGATION_ABSENT
          www.gone.wild       | down DELEGATION_ABSENT        | down DELEGATION_ABSENT
          www.partial.test    | degraded DELEGATION_PARTIAL   | up
          www.noglue.test     | down DELEGATION_GLUE_MISSING  | down DELEGATION_GLUE_MISSING
          www.lost.test       | down DELEGATION_HOST_UNRESOLVED | down DELEGATION_HOST_UNRESOLVED
          www.nsmismatch.test | up                            | degraded DELEGATION_NS_MISMATCH
          www.oldglue.test    | up                            | degraded DELEGATION_GLUE_MISMATCH
          www.refused.test    | up                            | down NAME_SERVERS_REFUSED
          www.servfail.test   | up                            | down NAME_SERVERS_SERVFAIL
          www.notauth.test    | up                            | down NAME_SERVERS_NOT_AUTHORITATIVE
          www.upward.test     | up                            | down NAME_SERVERS_UPWARD
          www.dead.test       | up                            | down NAME_SERVERS_PORT_UNREACHABLE
          www.halfdead.test   | up                            | degraded NAME_SERVERS_PARTIAL
          one.loop.test       | up                            | down NAME_SERVERS_CNAME_LOOP
          www.soon.test       | up                            | degraded NAME_SERVERS_SIGNATURE_EXPIRES_SOON
          no.healthy.test     | up                            | down NAME_SERVERS_NXDOMAIN
          www.db.corp         | inconclusive PROBE_NOT_CONFIGURED | inconclusive PROBE_NOT_CONFIGURED
          """)
  void eachCheckReportsWhatIsItsOwn(String host, String delegation, String servers) {
    assertThat(words(delegation(host, Dnssec.IF_SIGNED))).isEqualTo(delegation);
    assertThat(words(servers(host, Dnssec.IF_SIGNED))).isEqualTo(servers);
    assertThat(reasons(host)).containsExactlyInAnyOrderElementsOf(only(delegation, servers));
  }

  /** Beside the reason of each check nothing is found; of some servers that fail, how. */
  private static Set<String> only(String... results) {
    Set<String> reasons = new TreeSet<>();
    for (String result : results) {
      int space = result.indexOf(' ');
      if (space > 0) {
        reasons.add(result.substring(space + 1));
      }
    }
    if (reasons.contains("NAME_SERVERS_PARTIAL")) {
      reasons.add("NAME_SERVERS_PORT_UNREACHABLE");
    }
    return reasons;
  }

  @Test
  void aServerThatStaysBehindLagsOnceTheBoundIsReached() {
    AtomicReference<Instant> now = new AtomicReference<>(NameLab.NOW);
    NameServersCheck check =
        new NameServersCheck(lab().looks(now::get), (_, _, _) -> Optional.empty());
    ZoneSpec.NameServers spec = spec("www.lag.test", Dnssec.OFF);
    assertThat(words(run(check, spec))).isEqualTo("up");
    now.set(NameLab.NOW.plus(Duration.ofMinutes(14)));
    assertThat(words(run(check, spec))).isEqualTo("up");
    now.set(NameLab.NOW.plus(Duration.ofMinutes(15)));
    assertThat(words(run(check, spec))).isEqualTo("degraded NAME_SERVERS_SERIAL_LAG");
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expired.test | up                    | down NAME_SERVERS_BOGUS | SIG_EXPIRED expired.test.
          notyet.test  | up                    | down NAME_SERVERS_BOGUS | SIG_NOT_YET_VALID notyet.
          missing.test | down DELEGATION_BOGUS | up             | DNSKEY_MISSING missing.test. DNSKEY
          wrongds.test | down DELEGATION_BOGUS | up             | DS_NO_MATCH wrongds.test. DNSKEY
          """)
  void brokenSignaturesGiveTheirTypedCause(
      String zone, String delegation, String servers, String cause) {
    CheckResult parent = delegation("www." + zone, Dnssec.IF_SIGNED);
    CheckResult own = servers("www." + zone, Dnssec.IF_SIGNED);
    assertThat(words(parent)).as(parent.toString()).isEqualTo(delegation);
    assertThat(words(own)).as(own.toString()).isEqualTo(servers);
    CheckResult failing = parent.outcome() instanceof Outcome.Down ? parent : own;
    assertThat(failing.outcome().why().orElseThrow().detail()).startsWith(cause);
    assertThat(words(delegation("www." + zone, Dnssec.OFF))).isEqualTo("up");
    assertThat(words(servers("www." + zone, Dnssec.OFF))).isEqualTo("up");
  }

  @Test
  void anUnsignedZoneIsAFaultOnlyWhereSignaturesAreRequired() {
    assertThat(words(delegation("www.notion.so", Dnssec.REQUIRED)))
        .isEqualTo("down DELEGATION_BOGUS");
    assertThat(words(delegation("www.healthy.test", Dnssec.REQUIRED))).isEqualTo("up");
    assertThat(words(servers("www.healthy.test", Dnssec.REQUIRED))).isEqualTo("up");
  }

  @Test
  void answersOtherThanExpectedAreSeenAtTheSource() {
    SortedMap<String, SortedSet<String>> expect = new TreeMap<>();
    expect.put("A", new TreeSet<>(List.of("198.51.100.99")));
    ZoneSpec.NameServers spec =
        new ZoneSpec.NameServers(
            "www.healthy.test", List.of("A"), expect, Dnssec.OFF, Optional.empty(), PATIENCE);
    assertThat(words(run(spec))).isEqualTo("down NAME_SERVERS_WRONG_ANSWER");
  }

  @Test
  void whatTheParentSaysIsComparedWithWhatWasApproved() {
    SortedSet<String> servers = set("NS2.dns.test", "ns1.DNS.test");
    SortedSet<String> signers =
        new TreeSet<>(lab().walk("healthy.test").delegation().orElseThrow().ds());
    assertThat(changed("www.healthy.test", Optional.of(servers), Optional.of(signers)))
        .isEqualTo("up");
    assertThat(changed("www.healthy.test", Optional.of(set("ns1.dns.test")), Optional.empty()))
        .isEqualTo("degraded DELEGATION_CHANGED");
    assertThat(
            changed(
                "www.healthy.test",
                Optional.of(set("ns1.dns.test", "ns9.dns.test")),
                Optional.empty()))
        .isEqualTo("degraded DELEGATION_CHANGED");
    assertThat(changed("www.healthy.test", Optional.empty(), Optional.of(set())))
        .isEqualTo("degraded DELEGATION_DS_CHANGED");
    assertThat(changed("www.notion.so", Optional.empty(), Optional.of(signers)))
        .isEqualTo("degraded DELEGATION_DS_CHANGED");
    assertThat(changed("www.notion.so", Optional.of(servers), Optional.of(set()))).isEqualTo("up");
    assertThat(changed("www.gone.test", Optional.of(servers), Optional.of(set())))
        .isEqualTo("down DELEGATION_ABSENT");
  }

  private static SortedSet<String> set(String... values) {
    return new TreeSet<>(List.of(values));
  }

  private static String changed(
      String host, Optional<SortedSet<String>> servers, Optional<SortedSet<String>> ds) {
    ZoneSpec.Approved approved = new ZoneSpec.Approved(servers, ds);
    return words(
        run(new ZoneSpec.Delegation(host, Dnssec.IF_SIGNED, approved, Optional.empty(), PATIENCE)));
  }

  @Test
  void theEndOfTheFirstSignatureIsAFactAndIsToldOfInTime() {
    CheckResult usual = servers("www.healthy.test", Dnssec.IF_SIGNED);
    Instant now = InstantSource.system().instant();
    assertThat(usual.facts().signatureExpiry().orElseThrow())
        .isBetween(now.plus(Duration.ofDays(20)), now.plus(Duration.ofDays(31)));
    assertThat(servers("www.notion.so", Dnssec.IF_SIGNED).facts().signatureExpiry()).isEmpty();
    Duration later = Duration.ofDays(40);
    assertThat(words(run(ending(later, Duration.ZERO))))
        .isEqualTo("degraded NAME_SERVERS_SIGNATURE_EXPIRES_SOON");
    assertThat(words(run(ending(later, later))))
        .isEqualTo("down NAME_SERVERS_SIGNATURE_EXPIRES_SOON");
    assertThat(words(run(ending(Duration.ofDays(1), Duration.ZERO)))).isEqualTo("up");
  }

  private static ZoneSpec.NameServers ending(Duration warn, Duration fail) {
    return new ZoneSpec.NameServers(
        "www.healthy.test",
        List.of("A"),
        new TreeMap<>(),
        Dnssec.IF_SIGNED,
        Optional.of(new ZoneSpec.SignatureExpiry(warn, fail)),
        Optional.empty(),
        PATIENCE);
  }

  @Test
  void theNamesOfTheServersAreFacts() {
    assertThat(delegation("www.healthy.test", Dnssec.OFF).facts().answers())
        .isNotEmpty()
        .allMatch(name -> name.endsWith("."));
  }

  private static CheckResult delegation(String host, Dnssec dnssec) {
    return run(new ZoneSpec.Delegation(host, dnssec, Optional.empty(), PATIENCE));
  }

  private static CheckResult run(ZoneSpec.Delegation spec) {
    return NameLab.result(
        new DelegationCheck(lab().looks(), (_, _, _) -> Optional.empty())
            .run(spec, NameLab.within(PATIENCE)));
  }

  private static CheckResult servers(String host, Dnssec dnssec) {
    return run(spec(host, dnssec));
  }

  private static ZoneSpec.NameServers spec(String host, Dnssec dnssec) {
    return new ZoneSpec.NameServers(
        host, List.of("A", "AAAA"), new TreeMap<>(), dnssec, Optional.empty(), PATIENCE);
  }

  private static CheckResult run(ZoneSpec.NameServers spec) {
    return run(new NameServersCheck(lab().looks(), (_, _, _) -> Optional.empty()), spec);
  }

  private static CheckResult run(NameServersCheck check, ZoneSpec.NameServers spec) {
    return NameLab.result(check.run(spec, NameLab.within(PATIENCE)));
  }

  /** All that both looks find. */
  private static Set<String> reasons(String host) {
    return lab().reasons(host, PATIENCE);
  }

  private static String words(CheckResult result) {
    return result.outcome().label()
        + result.outcome().why().map(why -> " " + why.reason()).orElse("");
  }
}
