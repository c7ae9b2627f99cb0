package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.dnssec.LabChain.denial;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Insecure;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.Verdict.Unprotected;
import parallax.probe.dns.dnssec.denial.Denial;
import parallax.probe.dns.dnssec.denial.Nsec3Proof;
import parallax.probe.dns.dnssec.denial.WorkBudget;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;

/** The same zone denied by both kinds of records; each proof must be whole, and nothing more. */
final class DenialTest {
  /** Everything there is in example.test., as NSEC tells it; ent.example.test. is implied. */
  private static final String[] NAMES = {
    "example.test. SOA NS DNSKEY",
    "alias.example.test. CNAME",
    "a.ent.example.test. A",
    "renamed.example.test. DNAME",
    "sub.example.test. NS",
    "signed.example.test. NS DS",
    "*.wild.example.test. A",
    "wild.example.test. A",
    "www.example.test. A"
  };

  /** NSEC3 has the empty names too. */
  private static final String[] NAMES_AND_EMPTY = with(NAMES, "ent.example.test.");

  private final LabChain lab = new LabChain();

  enum Kind {
    NSEC,
    NSEC3;

    List<SignedSet> chain(LabZone zone) {
      return this == NSEC ? zone.nsec(NAMES) : zone.nsec3(5, false, NAMES_AND_EMPTY);
    }
  }

  @ParameterizedTest(name = "{0} {1} with {2} is {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none.example.test.        | A     | NXDOMAIN | secure
          none.ent.example.test.    | A     | NXDOMAIN | secure
          zzz.example.test.         | A     | NXDOMAIN | secure
          www.example.test.         | AAAA  | NOERROR  | secure
          example.test.             | A     | NOERROR  | secure
          ent.example.test.         | A     | NOERROR  | secure
          x.wild.example.test.      | AAAA  | NOERROR  | secure
          sub.example.test.         | DS    | NOERROR  | secure
          www.example.test.         | A     | NOERROR  | broken
          www.example.test.         | A     | NXDOMAIN | broken
          ent.example.test.         | A     | NXDOMAIN | broken
          none.example.test.        | A     | NOERROR  | broken
          x.wild.example.test.      | A     | NXDOMAIN | broken
          x.wild.example.test.      | A     | NOERROR  | broken
          alias.example.test.       | A     | NOERROR  | broken
          sub.example.test.         | A     | NOERROR  | broken
          host.sub.example.test.    | A     | NXDOMAIN | broken
          a.renamed.example.test.   | A     | NXDOMAIN | broken
          signed.example.test.      | DS    | NOERROR  | broken
          """)
  void aDenialIsAsGoodAsItsProof(String name, String type, String rcode, String expected) {
    for (Kind kind : Kind.values()) {
      List<SignedSet> authority = new ArrayList<>(kind.chain(lab.example));
      authority.add(lab.example.soa());
      lab.asking(name, Type.value(type), denial(Rcode.value(rcode), authority));
      Verdict verdict = lab.verdict();
      if (expected.equals("secure")) {
        assertThat(verdict).as(kind + ": " + verdict).isInstanceOf(Secure.class);
      } else {
        assertBroken(verdict);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyRecordOfAProofIsNeeded(Kind kind) {
    List<SignedSet> whole = kind.chain(lab.example);
    Verdict verdict = denied("none.example.test.", Rcode.NXDOMAIN, whole);
    assertThat(verdict).isInstanceOf(Secure.class);
    List<List<SignedSet>> stillProofs = new ArrayList<>();
    for (SignedSet left : whole) {
      List<SignedSet> rest = whole.stream().filter(set -> !set.equals(left)).toList();
      if (denied("none.example.test.", Rcode.NXDOMAIN, rest) instanceof Secure) {
        stillProofs.add(rest);
      }
    }
    // NSEC: one span over the name and one over the wildcard; NSEC3: one at the encloser besides.
    int needed = kind == Kind.NSEC ? 2 : 3;
    assertThat(whole.size() - stillProofs.size()).isEqualTo(needed);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void recordsOfDenialMustBeSigned(Kind kind) {
    List<SignedSet> bare = kind.chain(lab.example).stream().map(LabZone::bare).toList();
    assertThat(denied("none.example.test.", Rcode.NXDOMAIN, bare))
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.RRSIG_MISSING));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anAnswerFromAWildcardNeedsProofThatNothingIsCloser(Kind kind) {
    SignedSet wildcard = lab.example.signed("*.wild.example.test. A 192.0.2.7");
    SignedSet made = LabZone.expanded(wildcard, "x.wild.example.test.");
    List<SignedSet> proof = kind.chain(lab.example);
    lab.asking("x.wild.example.test.", Type.A, answer(made, proof));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    lab.asking("x.wild.example.test.", Type.A, answer(made, List.of()));
    assertBroken(lab.verdict());
    SignedSet outer = lab.example.signed("*.example.test. A 192.0.2.7");
    lab.asking(
        "www.example.test.", Type.A, answer(LabZone.expanded(outer, "www.example.test."), proof));
    assertBroken(lab.verdict());
  }

  @Test
  void theWildcardItselfIsNoExpansion() {
    lab.asking(
        "*.wild.example.test.",
        Type.A,
        LabChain.reply("ns1", lab.example.signed("*.wild.example.test. A 192.0.2.7")));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'test. SOA NS', 'example.test. NS', true",
    "'test. SOA NS', 'example.test. NS DS', false",
    "'test. SOA NS', 'example.test. NS SOA', false",
    "'test. SOA NS', 'example.test. A', false",
    "'test. SOA NS', 'other.test. NS', false"
  })
  void unsignedDelegationsAreProvenAtTheirName(String apex, String at, boolean proven) {
    for (List<SignedSet> proof :
        List.of(lab.tld.nsec(apex, at), lab.tld.nsec3(0, false, apex, at))) {
      lab.ds = List.of(denial(Rcode.NOERROR, proof));
      if (proven) {
        assertThat(lab.verdict())
            .isInstanceOfSatisfying(
                Insecure.class, v -> assertThat(v.why()).isEqualTo(Unprotected.NO_DS));
      } else {
        assertBroken(lab.verdict());
      }
    }
  }

  @Test
  void aSpanThatOptsOutLeavesDelegationsUnsigned() {
    lab.ds = List.of(denial(Rcode.NOERROR, lab.tld.nsec3(0, true, "test. SOA NS", "zz.test. A")));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Insecure.class, v -> assertThat(v.why()).isEqualTo(Unprotected.OPT_OUT));
  }

  @Test
  void aNameDeniedByASpanThatOptsOutIsNotSecure() {
    assertThat(
            denied(
                "none.example.test.", Rcode.NXDOMAIN, lab.example.nsec3(0, true, NAMES_AND_EMPTY)))
        .isInstanceOfSatisfying(
            Insecure.class, v -> assertThat(v.why()).isEqualTo(Unprotected.OPT_OUT));
  }

  @Test
  void compactDenialIsUnderstood() {
    List<SignedSet> nothing =
        lab.example.nsec("none.example.test. RRSIG NSEC TYPE128", "none0.example.test. A");
    assertThat(denied("none.example.test.", Rcode.NOERROR, nothing)).isInstanceOf(Secure.class);
    assertThat(denied("none.example.test.", Rcode.NXDOMAIN, nothing)).isInstanceOf(Secure.class);
  }

  @Test
  void moreIterationsThanValidatorsSpendMakeAZoneInsecure() {
    assertThat(
            denied(
                "none.example.test.",
                Rcode.NXDOMAIN,
                lab.example.nsec3(Nsec3Proof.MAX_ITERATIONS, false, NAMES_AND_EMPTY)))
        .isInstanceOf(Secure.class);
    assertThat(
            denied(
                "none.example.test.",
                Rcode.NXDOMAIN,
                lab.example.nsec3(Nsec3Proof.MAX_ITERATIONS + 1, false, NAMES_AND_EMPTY)))
        .isInstanceOfSatisfying(
            Insecure.class, v -> assertThat(v.why()).isEqualTo(Unprotected.NSEC3_ITERATIONS));
  }

  @Test
  void theLongestNameAtTheMostIterationsIsAffordable() {
    String longest = "x.".repeat(120) + "example.test.";
    assertThat(
            denied(
                longest,
                Rcode.NXDOMAIN,
                lab.example.nsec3(Nsec3Proof.MAX_ITERATIONS, false, NAMES_AND_EMPTY)))
        .isInstanceOf(Secure.class);
  }

  @Test
  void hashingBeyondTheBudgetProvesNothingAndIsTold() {
    List<NSEC3Record> chain =
        lab.example.nsec3(Nsec3Proof.MAX_ITERATIONS, false, NAMES_AND_EMPTY).stream()
            .map(set -> set.as(NSEC3Record.class).getFirst())
            .toList();
    WorkBudget budget = new WorkBudget(1_000, 100);
    Nsec3Proof proof = new Nsec3Proof(lab.example.apex, chain, budget);
    assertThat(proof.noName(LabZone.name("x.".repeat(100) + "example.test.")))
        .isInstanceOf(Denial.Unproven.class);
    assertThat(budget.isExhausted()).isTrue();
    budget.beginShare();
    assertThat(budget.isExhausted()).isFalse();
  }

  @Test
  void unknownHashesProveNothing() {
    List<SignedSet> chain =
        lab.example.nsec3(0, false, NAMES_AND_EMPTY).stream()
            .map(set -> set.as(NSEC3Record.class).getFirst())
            .map(
                known ->
                    lab.example.sign(
                        new NSEC3Record(
                            known.getName(),
                            known.getDClass(),
                            300,
                            2,
                            0,
                            0,
                            known.getSalt(),
                            known.getNext(),
                            known.getTypes())))
            .toList();
    assertBroken(denied("none.example.test.", Rcode.NXDOMAIN, chain));
  }

  private Verdict denied(String name, int rcode, List<SignedSet> authority) {
    return lab.asking(name, Type.A, denial(rcode, authority)).verdict();
  }

  private static Reply answer(SignedSet set, List<SignedSet> authority) {
    return new Reply("ns1", Rcode.NOERROR, List.of(set), authority);
  }

  private static void assertBroken(Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.DENIAL_BROKEN));
  }

  private static String[] with(String[] names, String more) {
    List<String> all = new ArrayList<>(List.of(names));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
