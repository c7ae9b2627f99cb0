package parallax.probe.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec.SignatureExpiry;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.dnssec.Cause;
import parallax.probe.dns.dnssec.Judgement;
import parallax.probe.dns.dnssec.Verdict;

final class SignaturesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Name ZONE = Name.fromConstantString("example.test.");

  @ParameterizedTest(name = "made for {0}, {1} left: {2}")
  @CsvSource({
    "P30D, P4D, false",
    "P30D, P3D, true",
    "P30D, PT1H, true",
    "P2D, P1D, false",
    "P2D, PT7H, false",
    "P2D, PT6H, true",
  })
  void anEndIsSoonForWhatWasMadeToLast(Duration made, Duration left, boolean soon) {
    Instant until = NOW.plus(left);
    Signatures.Ending ending = new Signatures.Ending(ZONE, Type.SOA, until.minus(made), until);
    assertThat(ending.isSoon(NOW)).isEqualTo(soon);
    Signatures signatures = new Signatures(ZONE, List.of(), Optional.of(ending), Optional.empty());
    assertThat(signatures.findings(Layer.DELEGATION, NOW)).isEmpty();
    assertThat(signatures.findings(Layer.DNS_AUTH, NOW)).hasSize(soon ? 1 : 0);
  }

  @ParameterizedTest(name = "{0} left: {1}")
  @CsvSource({"PT241H, up", "PT240H, degraded", "PT49H, degraded", "PT48H, down"})
  void anEndIsToldOfWhenItIsSaidSo(Duration left, String outcome) {
    Instant until = NOW.plus(left);
    Signatures.Ending ending =
        new Signatures.Ending(ZONE, Type.SOA, until.minus(Duration.ofDays(30)), until);
    Signatures signatures =
        new Signatures(
            ZONE,
            List.of(),
            Optional.of(ending),
            Optional.of(new SignatureExpiry(Duration.ofDays(10), Duration.ofDays(2))));
    assertThat(
            new parallax.probe.dns.delegation.Judgement(signatures.findings(Layer.DNS_AUTH, NOW))
                .outcome()
                .label())
        .isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0} of {2} in {1}: {3}")
  @CsvSource({
    "DS_NO_MATCH, example.test., DNSKEY, DELEGATION_BOGUS",
    "DNSKEY_MISSING, example.test., DNSKEY, DELEGATION_BOGUS",
    "DNSKEY_MISSING, example.test., SOA, NAME_SERVERS_BOGUS",
    "SIG_EXPIRED, example.test., SOA, NAME_SERVERS_BOGUS",
    "SIG_EXPIRED, test., DS, DELEGATION_BOGUS",
    "UNSIGNED_BUT_EXPECTED, example.test., SOA, DELEGATION_BOGUS",
    "SIG_EXPIRED, ., DNSKEY, PROBE_CLOCK_OFF",
    "DS_NO_MATCH, ., DNSKEY, PROBE_NOT_CONFIGURED",
  })
  void aBrokenLinkIsOfWhoMustMendIt(Cause cause, String zone, String type, Reason reason) {
    List<Outcome> findings = findings(bogus(cause, zone, type), List.of());
    assertThat(findings)
        .singleElement()
        .satisfies(found -> assertThat(found.why().map(Finding::reason)).contains(reason));
    assertThat(findings.getFirst().why().orElseThrow().detail()).startsWith(cause.name());
  }

  @Test
  void whatIsBrokenAtOneServerAloneIsDegraded() {
    Verdict.Bogus fault = bogus(Cause.SIG_EXPIRED, "example.test.", "SOA");
    Verdict held =
        new Verdict.Secure(new Verdict.Expiry(NOW.plusSeconds(60), ZONE, ZONE, Type.SOA));
    assertThat(findings(held, List.of(fault))).singleElement().isInstanceOf(Outcome.Degraded.class);
  }

  private static Verdict.Bogus bogus(Cause cause, String zone, String type) {
    Name name = Name.fromConstantString(zone);
    return new Verdict.Bogus(
        cause, new Verdict.Place(Optional.empty(), name, name, Type.value(type)), "so");
  }

  private static List<Outcome> findings(Verdict verdict, List<Verdict.Bogus> faults) {
    Signatures signatures =
        new Signatures(
            ZONE,
            List.of(new Signatures.Asked(ZONE, Type.SOA, new Judgement(verdict, faults))),
            Optional.empty(),
            Optional.empty());
    return List.of(Layer.DELEGATION, Layer.DNS_AUTH).stream()
        .flatMap(layer -> signatures.findings(layer, NOW).stream())
        .toList();
  }
}
