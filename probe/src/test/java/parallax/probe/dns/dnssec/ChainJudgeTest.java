package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.dnssec.LabChain.NOW;
import static parallax.probe.dns.dnssec.LabChain.denial;
import static parallax.probe.dns.dnssec.LabChain.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC.Algorithm;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Gap;
import parallax.probe.dns.dnssec.Verdict.Indeterminate;
import parallax.probe.dns.dnssec.Verdict.Insecure;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.Verdict.Unprotected;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;
import parallax.probe.dns.dnssec.material.TrustAnchors;

final class ChainJudgeTest {
  private static final Instant PAST = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant YESTERDAY = Instant.parse("2026-03-14T12:00:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-03-16T12:00:00Z");
  private static final Instant FUTURE = Instant.parse("2026-05-01T00:00:00Z");
  private static final LabZone STRANGER = new LabZone("example.test.", 99);

  private final LabChain lab = new LabChain();

  @Test
  void aHealthyChainIsSecureUntilItsFirstSignatureEnds() {
    lab.ds = List.of(reply("tld1", lab.tld.signing(YESTERDAY, TOMORROW).sign(lab.example.ds())));
    assertThat(lab.verdict())
        .isEqualTo(
            new Secure(new Verdict.Expiry(TOMORROW, lab.tld.apex, lab.example.apex, Type.DS)));
    assertThat(lab.judged(NOW).faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Algorithm.RSASHA256, Algorithm.ECDSAP256SHA256, Algorithm.ED25519})
  void everyCommonAlgorithmIsUnderstood(int algorithm) {
    LabZone zone = new LabZone("example.test.", algorithm, 5);
    lab.example = zone;
    lab.ds = List.of(reply("tld1", lab.tld.sign(zone.ds())));
    lab.keys = List.of(reply("ns1", zone.keys()));
    lab.answers = List.of(reply("ns1", lab.address()));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @Test
  void anAnchorMayBeAKey() {
    lab.anchors = new TrustAnchors(List.of(), List.of(lab.root.key));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @Test
  void withoutAnAnchorNothingIsKnown() {
    lab.anchors = new TrustAnchors(List.of(STRANGER.ds()), List.of());
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Indeterminate.class, v -> assertThat(v.gap()).isEqualTo(Gap.NO_ANCHOR));
  }

  /** One thing broken on purpose. */
  interface Break {
    void in(LabChain lab);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "answer expired",
            Cause.SIG_EXPIRED,
            "example.test.",
            Type.A,
            lab -> {
              lab.example.signing(PAST, YESTERDAY);
              lab.answers = List.of(reply("ns1", lab.address()));
            }),
        fault(
            "keys expired",
            Cause.SIG_EXPIRED,
            "example.test.",
            Type.DNSKEY,
            lab -> {
              lab.example.signing(PAST, YESTERDAY);
              lab.keys = List.of(reply("ns1", lab.example.keys()));
            }),
        fault(
            "DS expired",
            Cause.SIG_EXPIRED,
            "test.",
            Type.DS,
            lab -> {
              lab.tld.signing(PAST, YESTERDAY);
              lab.ds = List.of(reply("tld1", lab.tld.sign(lab.example.ds())));
            }),
        fault(
            "root keys expired",
            Cause.SIG_EXPIRED,
            ".",
            Type.DNSKEY,
            lab -> {
              lab.root.signing(PAST, YESTERDAY);
              lab.rootKeys = List.of(reply("root1", lab.root.keys()));
            }),
        fault(
            "answer signed in the future",
            Cause.SIG_NOT_YET_VALID,
            "example.test.",
            Type.A,
            lab -> {
              lab.example.signing(TOMORROW, FUTURE);
              lab.answers = List.of(reply("ns1", lab.address()));
            }),
        fault(
            "DS of another key",
            Cause.DS_NO_MATCH,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.ds = List.of(reply("tld1", lab.tld.sign(STRANGER.ds())))),
        fault(
            "DS with a wrong digest",
            Cause.DS_NO_MATCH,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.ds = List.of(reply("tld1", lab.tld.sign(wrongDigest(lab.example))))),
        fault(
            "anchor of another key",
            Cause.DS_NO_MATCH,
            ".",
            Type.DNSKEY,
            lab -> lab.anchors = new TrustAnchors(List.of(new LabZone(".", 98).ds()), List.of())),
        fault(
            "no keys",
            Cause.DNSKEY_MISSING,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.keys = List.of(reply("ns1"))),
        fault(
            "keys of an NXDOMAIN",
            Cause.DNSKEY_MISSING,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.keys = List.of(denial(Rcode.NXDOMAIN, List.of()))),
        fault(
            "answer signed with a key that is gone",
            Cause.DNSKEY_MISSING,
            "example.test.",
            Type.A,
            lab ->
                lab.answers =
                    List.of(reply("ns1", STRANGER.signed("www.example.test. A 192.0.2.1")))),
        fault(
            "unsigned answer",
            Cause.RRSIG_MISSING,
            "example.test.",
            Type.A,
            lab -> lab.answers = List.of(reply("ns1", LabZone.bare(lab.address())))),
        fault(
            "unsigned keys",
            Cause.RRSIG_MISSING,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.keys = List.of(reply("ns1", LabZone.bare(lab.example.keys())))),
        fault(
            "keys not signed with the key of the DS",
            Cause.RRSIG_MISSING,
            "example.test.",
            Type.DNSKEY,
            lab -> lab.keys = List.of(reply("ns1", STRANGER.keys(lab.example.key)))),
        fault(
            "signed by the zone above",
            Cause.RRSIG_MISSING,
            "example.test.",
            Type.A,
            lab ->
                lab.answers =
                    List.of(reply("ns1", lab.tld.signed("www.example.test. A 192.0.2.1")))),
        fault(
            "other address than signed",
            Cause.SIGNATURE_WRONG,
            "example.test.",
            Type.A,
            lab -> lab.answers = List.of(reply("ns1", LabZone.forged(lab.address())))),
        fault(
            "no DS and no proof",
            Cause.DENIAL_BROKEN,
            "test.",
            Type.DS,
            lab ->
                lab.ds =
                    List.of(new Reply("tld1", Rcode.NOERROR, List.of(), List.of(lab.tld.soa())))),
        fault(
            "answer by an unknown algorithm alone",
            Cause.ALGORITHM_UNSUPPORTED,
            "example.test.",
            Type.A,
            lab -> lab.answers = List.of(reply("ns1", unknownAlgorithm(lab.address())))));
  }

  private static Arguments fault(String name, Cause cause, String zone, int type, Break what) {
    return Arguments.of(name, cause, zone, type, what);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("faults")
  void eachFaultHasItsCauseAndPlace(String name, Cause cause, String zone, int type, Break what) {
    what.in(lab);
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Bogus.class,
            bogus -> {
              assertThat(bogus.cause()).as(bogus.toString()).isEqualTo(cause);
              assertThat(bogus.place().zone()).isEqualTo(LabZone.name(zone));
              assertThat(bogus.place().type()).isEqualTo(type);
              assertThat(bogus.place().server()).isPresent();
              assertThat(lab.judged(NOW).faults()).containsExactly(bogus);
            });
  }

  @Test
  void oneBrokenServerOfTwoIsAFaultBesideASecureVerdict() {
    SignedSet good = lab.address();
    lab.example.signing(PAST, YESTERDAY);
    lab.answers = List.of(reply("ns2", lab.address()), reply("ns1", good));
    Judgement judgement = lab.judged(NOW);
    assertThat(judgement.verdict()).isInstanceOf(Secure.class);
    assertThat(judgement.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.cause()).isEqualTo(Cause.SIG_EXPIRED);
              assertThat(fault.place().server()).contains("ns2");
            });
  }

  @Test
  void aStaleSignatureBesideAGoodOneDoesNotMatter() {
    SignedSet good = lab.address();
    lab.example.signing(PAST, YESTERDAY);
    lab.answers = List.of(reply("ns1", withSignatures(good, lab.address().signatures())));
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
  }

  @Test
  void onlyUnsupportedDsMeansUnsignedAndIsTold() {
    DSRecord known = lab.example.ds();
    DSRecord unknown =
        new DSRecord(
            known.getName(), DClass.IN, 300, known.getFootprint(), 200, 2, known.getDigest());
    lab.ds = List.of(reply("tld1", lab.tld.sign(unknown)));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Insecure.class,
            v -> {
              assertThat(v.why()).isEqualTo(Unprotected.ALGORITHM_UNSUPPORTED);
              assertThat(v.zone()).isEqualTo(lab.example.apex);
            });
  }

  @Test
  void provenAbsenceOfDsIsInsecureUnlessSignaturesAreExpected() {
    List<SignedSet> proof = lab.tld.nsec("test. SOA NS DNSKEY", "example.test. NS");
    lab.ds = List.of(denial(Rcode.NOERROR, proof));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Insecure.class, v -> assertThat(v.why()).isEqualTo(Unprotected.NO_DS));
    lab.expectation = ChainJudge.Expectation.SIGNED;
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.UNSIGNED_BUT_EXPECTED));
  }

  @Test
  void aZoneCutThatIsNotAmongTheZonesIsNotCalledBogus() {
    LabZone deeper = new LabZone("dept.example.test.", 7);
    lab.asking(
        "www.dept.example.test.",
        Type.A,
        reply("ns1", deeper.signed("www.dept.example.test. A 192.0.2.1")));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Indeterminate.class, v -> assertThat(v.gap()).isEqualTo(Gap.CHAIN_INCOMPLETE));
  }

  @Test
  void aServerThatCannotAnswerIsNotCalledBogus() {
    lab.answers = List.of(new Reply("ns1", Rcode.SERVFAIL, List.of(), List.of()));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Indeterminate.class, v -> assertThat(v.gap()).isEqualTo(Gap.NO_ANSWER));
  }

  @Test
  void whatWillBreakIsToldByTheSameJudgeLater() {
    assertThat(lab.judged(NOW.plus(Duration.ofDays(15))).verdict()).isInstanceOf(Secure.class);
    assertThat(lab.judged(NOW.plus(Duration.ofDays(16))).verdict())
        .isInstanceOfSatisfying(
            Bogus.class, v -> assertThat(v.cause()).isEqualTo(Cause.SIG_EXPIRED));
  }

  @Test
  void collidingKeysAndManySignaturesAreGivenUpOn() {
    List<DNSKEYRecord> twins = twins(lab.example.key, 60);
    SignedSet set = lab.address();
    List<RRSIGRecord> wrong = new ArrayList<>();
    for (int copy = 0; copy < 16; copy++) {
      RRSIGRecord like = set.signatures().getFirst();
      byte[] octets = like.getSignature().clone();
      octets[copy] ^= 1;
      wrong.add(
          new RRSIGRecord(
              like.getName(),
              DClass.IN,
              300,
              like.getTypeCovered(),
              like.getAlgorithm(),
              like.getOrigTTL(),
              like.getExpire(),
              like.getTimeSigned(),
              like.getFootprint(),
              like.getSigner(),
              octets));
    }
    lab.keys = List.of(reply("ns1", lab.example.keys(twins.toArray(DNSKEYRecord[]::new))));
    lab.answers =
        List.of(reply("ns1", new SignedSet(set.name(), set.type(), set.records(), wrong)));
    assertThat(lab.verdict())
        .isInstanceOfSatisfying(
            Indeterminate.class, v -> assertThat(v.gap()).isEqualTo(Gap.TOO_MUCH_WORK));
  }

  /** Keys of the same tag: it is a sum of 16-bit words, whose order does not matter. */
  private static List<DNSKEYRecord> twins(DNSKEYRecord key, int count) {
    List<DNSKEYRecord> twins = new ArrayList<>();
    for (int turn = 1; turn <= count; turn++) {
      byte[] octets = key.getKey().clone();
      for (int at = 0; at < 2; at++) {
        int one = 2 * (turn % 16) + at;
        int other = 2 * ((turn / 16 + 5) % 16) + at;
        byte kept = octets[one];
        octets[one] = octets[other];
        octets[other] = kept;
      }
      twins.add(
          new DNSKEYRecord(key.getName(), DClass.IN, 300, 257, 3, key.getAlgorithm(), octets));
    }
    return twins;
  }

  private static SignedSet withSignatures(SignedSet set, List<RRSIGRecord> more) {
    List<RRSIGRecord> all = new ArrayList<>(set.signatures());
    all.addAll(more);
    return new SignedSet(set.name(), set.type(), set.records(), all);
  }

  private static SignedSet unknownAlgorithm(SignedSet set) {
    RRSIGRecord like = set.signatures().getFirst();
    RRSIGRecord unknown =
        new RRSIGRecord(
            like.getName(),
            DClass.IN,
            300,
            like.getTypeCovered(),
            200,
            like.getOrigTTL(),
            like.getExpire(),
            like.getTimeSigned(),
            like.getFootprint(),
            like.getSigner(),
            like.getSignature());
    return new SignedSet(set.name(), set.type(), set.records(), List.of(unknown));
  }

  private static DSRecord wrongDigest(LabZone zone) {
    DSRecord right = zone.ds();
    byte[] digest = right.getDigest().clone();
    digest[0] ^= 1;
    return new DSRecord(
        zone.apex, DClass.IN, 300, right.getFootprint(), right.getAlgorithm(), 2, digest);
  }
}
