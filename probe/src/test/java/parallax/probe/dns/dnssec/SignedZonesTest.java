package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Insecure;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.dnssec.material.ZoneMaterial;
import parallax.probe.fixture.Programs;

/** Zones that others signed and serve: one with NSEC, one with NSEC3, one that opts out. */
final class SignedZonesTest {
  private static final String FROM = "20260301000000";
  private static final String UNTIL = "20260331000000";
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

  private static final String CONTENT =
      """
      $TTL 300
      @ SOA ns.test. root.test. 7 3600 600 86400 300
      @ NS ns.test.
      www A 192.0.2.1
      alias CNAME www
      dangling CNAME nowhere
      out CNAME www.elsewhere.example.
      a.ent A 192.0.2.2
      *.wild A 192.0.2.3
      renamed DNAME www
      sub NS ns.sub
      ns.sub A 192.0.2.4
      MiXeD MX 10 MAIL.Example.COM.
      """;

  @TempDir private static Path folder;

  private static Optional<SignedZones> zones = Optional.empty();
  private static String anchors = "";

  @BeforeAll
  static void start() {
    for (String program : SignedZones.PROGRAMS) {
      assumeTrue(Programs.find(program).isPresent(), "needs the program " + program);
    }
    SignedZones signed = new SignedZones(folder);
    zones = Optional.of(signed);
    anchors += signed.sign("nsec.test.", CONTENT, "-s", FROM, "-e", UNTIL);
    anchors +=
        signed.sign("nsec3.test.", CONTENT, "-s", FROM, "-e", UNTIL, "-3", "0102", "-H", "5");
    anchors +=
        signed.sign("optout.test.", CONTENT, "-s", FROM, "-e", UNTIL, "-3", "-", "-H", "0", "-A");
    signed.serve();
  }

  @AfterAll
  static void stop() {
    zones.ifPresent(SignedZones::close);
  }

  @ParameterizedTest(name = "{0} {1} is {2} with NSEC and NSEC3, {3} with opt-out")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | SOA   | Secure   | Secure
          ''               | NS    | Secure   | Secure
          ''               | DNSKEY| Secure   | Secure
          ''               | AAAA  | Secure   | Secure
          www              | A     | Secure   | Secure
          www              | AAAA  | Secure   | Secure
          mixed            | MX    | Secure   | Secure
          alias            | A     | Secure   | Secure
          alias            | AAAA  | Secure   | Secure
          dangling         | A     | Secure   | Insecure
          out              | A     | Secure   | Secure
          nowhere          | A     | Secure   | Insecure
          far.from.here    | A     | Secure   | Insecure
          ent              | A     | Secure   | Secure
          none.ent         | A     | Secure   | Insecure
          x.wild           | A     | Secure   | Insecure
          y.x.wild         | A     | Secure   | Insecure
          x.wild           | AAAA  | Secure   | Insecure
          *.wild           | A     | Secure   | Secure
          a.renamed        | A     | Secure   | Insecure
          sub              | DS    | Secure   | Insecure
          """)
  void whatARealServerSaysHolds(String name, String type, String expected, String optOut) {
    for (String zone : List.of("nsec.test.", "nsec3.test.", "optout.test.")) {
      String full = name.isEmpty() ? zone : name + "." + zone;
      Verdict verdict = judged(zone, full, Type.value(type), NOW);
      assertThat(verdict.getClass().getSimpleName())
          .as(full + ": " + verdict)
          .isEqualTo(zone.equals("optout.test.") ? optOut : expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"nsec.test., false", "nsec3.test., false", "optout.test., true"})
  void anUnsignedChildIsProvenByReferralAndByAnswer(String zone, boolean optOut) {
    SignedZones server = zones.orElseThrow();
    String child = "sub." + zone;
    for (Reply reply : List.of(server.ask(child, Type.DS), server.ask("x." + child, Type.A))) {
      Chain chain =
          new Chain(
              List.of(
                  new ZoneMaterial(
                      LabZone.name(zone), List.of(), List.of(server.ask(zone, Type.DNSKEY))),
                  new ZoneMaterial(LabZone.name(child), List.of(reply), List.of())),
              LabZone.name(child),
              Type.A,
              List.of());
      assertThat(judge().judge(chain, ChainJudge.Expectation.IF_SIGNED, NOW).verdict())
          .isInstanceOfSatisfying(
              Insecure.class,
              insecure ->
                  assertThat(insecure.why())
                      .isEqualTo(optOut ? Verdict.Unprotected.OPT_OUT : Verdict.Unprotected.NO_DS));
    }
  }

  @Test
  void theEndOfItsSignaturesIsForeseen() {
    Instant end = Instant.parse("2026-03-31T00:00:00Z");
    assertThat(judged("nsec.test.", "www.nsec.test.", Type.A, NOW))
        .isInstanceOfSatisfying(
            Secure.class, secure -> assertThat(secure.earliest().at()).isEqualTo(end));
    assertThat(judged("nsec.test.", "www.nsec.test.", Type.A, NOW.plus(Duration.ofDays(16))))
        .isInstanceOfSatisfying(
            Bogus.class, bogus -> assertThat(bogus.cause()).isEqualTo(Cause.SIG_EXPIRED));
  }

  private static Verdict judged(String zone, String name, int type, Instant at) {
    SignedZones server = zones.orElseThrow();
    Chain chain =
        new Chain(
            List.of(
                new ZoneMaterial(
                    LabZone.name(zone), List.of(), List.of(server.ask(zone, Type.DNSKEY)))),
            LabZone.name(name),
            type,
            List.of(server.ask(name, type)));
    return judge().judge(chain, ChainJudge.Expectation.IF_SIGNED, at).verdict();
  }

  private static ChainJudge judge() {
    return switch (TrustAnchors.parse(anchors)) {
      case TrustAnchors.Anchors(TrustAnchors parsed) -> new ChainJudge(parsed);
      case TrustAnchors.Unreadable(int line, String detail) ->
          throw new AssertionError(line + ": " + detail);
    };
  }
}
