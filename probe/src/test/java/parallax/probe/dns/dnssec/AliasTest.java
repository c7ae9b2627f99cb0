package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.dnssec.LabChain.denial;
import static parallax.probe.dns.dnssec.LabChain.reply;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Indeterminate;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;

/** Answers that lead on to other names. */
final class AliasTest {
  private final LabChain lab = new LabChain();

  @Test
  void aliasesAreProvenStepByStep() {
    SignedSet alias = lab.example.signed("www.example.test. CNAME web.example.test.");
    SignedSet address = lab.example.signed("web.example.test. A 192.0.2.9");
    lab.answers = List.of(reply("ns1", alias, address));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    lab.answers = List.of(reply("ns1", alias, LabZone.forged(address)));
    assertThat(lab.verdict()).isInstanceOf(Bogus.class);
    lab.answers = List.of(reply("ns1", alias));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @Test
  void anAliasMadeFromADnameNeedsNoSignatureOfItsOwn() {
    SignedSet renaming = lab.example.signed("old.example.test. DNAME new.example.test.");
    SignedSet madeUp =
        LabZone.bare(lab.example.signed("a.old.example.test. CNAME a.new.example.test."));
    SignedSet address = lab.example.signed("a.new.example.test. A 192.0.2.9");
    lab.asking("a.old.example.test.", Type.A, reply("ns1", renaming, madeUp, address));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    lab.asking("a.old.example.test.", Type.A, reply("ns1", madeUp, address));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.RRSIG_MISSING));
  }

  @Test
  void aLoopOfAliasesEnds() {
    SignedSet alias = lab.example.signed("www.example.test. CNAME www.example.test.");
    lab.answers = List.of(reply("ns1", alias));
    assertThat(lab.verdict()).isInstanceOf(Indeterminate.class);
  }

  @Test
  void anAliasToWhatDoesNotExistNeedsTheProof() {
    SignedSet alias = lab.example.signed("www.example.test. CNAME none.example.test.");
    List<SignedSet> proof = lab.example.nsec("example.test. SOA NS", "www.example.test. CNAME");
    lab.answers = List.of(new Reply("ns1", Rcode.NXDOMAIN, List.of(alias), proof));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    lab.answers = List.of(new Reply("ns1", Rcode.NXDOMAIN, List.of(alias), List.of()));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.DENIAL_BROKEN));
  }

  @Test
  void anAliasIntoAZoneBelowIsLeftToWhoeverJudgesThat() {
    LabZone below = new LabZone("dept.example.test.", 7);
    SignedSet alias = lab.example.signed("www.example.test. CNAME www.dept.example.test.");
    SignedSet address = below.signed("www.dept.example.test. A 192.0.2.1");
    lab.answers = List.of(reply("ns1", alias, address));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    lab.answers = List.of(new Reply("ns1", Rcode.NOERROR, List.of(alias), List.of(below.soa())));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @Test
  void anAliasThatEndsUnsignedIsNeitherSecureNorBlamed() {
    SignedSet alias = lab.example.signed("www.example.test. CNAME web.example.test.");
    SignedSet address = LabZone.bare(lab.example.signed("web.example.test. A 192.0.2.9"));
    lab.answers = List.of(reply("ns1", alias, address));
    assertThat(lab.verdict()).isInstanceOf(Indeterminate.class);
  }

  @Test
  void aReferralIsNoAnswer() {
    SignedSet servers = LabZone.bare(lab.example.signed("dept.example.test. NS ns.test."));
    lab.asking("www.dept.example.test.", Type.A, denial(Rcode.NOERROR, List.of(servers)));
    assertThat(lab.verdict()).isInstanceOf(Indeterminate.class);
  }
}
