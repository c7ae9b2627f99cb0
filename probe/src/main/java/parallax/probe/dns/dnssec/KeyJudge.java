package parallax.probe.dns.dnssec;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC.Digest;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Expiry;
import parallax.probe.dns.dnssec.Verdict.Gap;
import parallax.probe.dns.dnssec.Verdict.Indeterminate;
import parallax.probe.dns.dnssec.Verdict.Place;
import parallax.probe.dns.dnssec.denial.WorkBudget;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;
import parallax.probe.dns.dnssec.material.TrustAnchors;

/**
 * From DS records, or a trust anchor, to the keys of a zone (RFC 4035 section 5.2): some key must
 * be one that they stand for, and must have signed the whole set of keys.
 */
final class KeyJudge {

  /** RFC 4034 section 2.1.1. */
  private static final int ZONE_KEY = 0x0100;

  /** RFC 5011 section 7. */
  private static final int REVOKED = 0x0080;

  private static final int PROTOCOL = 3;

  private final Name zone;
  private final TrustAnchors entry;
  private final Instant at;
  private final WorkBudget budget;

  /** What came of a reply with keys. */
  sealed interface Keys {}

  /** To be believed. */
  record Trusted(List<DNSKEYRecord> keys, Expiry expiry) implements Keys {}

  /** Not to be believed. */
  record Untrusted(Verdict verdict) implements Keys {}

  /**
   * @param entry what leads into the zone, of supported algorithms only
   * @param budget in signatures checked
   */
  KeyJudge(Name zone, TrustAnchors entry, Instant at, WorkBudget budget) {
    this.zone = zone;
    this.entry = entry;
    this.at = at;
    this.budget = budget;
  }

  /**
   * What of {@code anchors} can be used here. SHA-1 digests do not count beside better ones (RFC
   * 4509 section 3); without any the zone is as good as unsigned (RFC 4035 section 5.2).
   */
  static TrustAnchors usable(TrustAnchors anchors) {
    List<DSRecord> supported =
        anchors.delegationSigners().stream().filter(Algorithms::isSupported).toList();
    List<DSRecord> better =
        supported.stream().filter(signer -> signer.getDigestID() != Digest.SHA1).toList();
    return new TrustAnchors(
        better.isEmpty() ? supported : better,
        anchors.keys().stream().filter(key -> Algorithms.isSupported(key.getAlgorithm())).toList());
  }

  Keys judge(Reply reply) {
    Place place = new Place(Optional.of(reply.server()), zone, zone, Type.DNSKEY);
    if (reply.rcode() != Rcode.NOERROR && reply.rcode() != Rcode.NXDOMAIN) {
      String detail = reply.server() + " answers " + Rcode.string(reply.rcode());
      return new Untrusted(new Indeterminate(Gap.NO_ANSWER, detail));
    }
    Optional<SignedSet> set = reply.answer(zone, Type.DNSKEY);
    if (set.isEmpty()) {
      return bogus(Cause.DNSKEY_MISSING, place, "no keys at all");
    }
    List<DNSKEYRecord> keys =
        set.get().as(DNSKEYRecord.class).stream().filter(KeyJudge::isZoneKey).toList();
    List<DNSKEYRecord> doors = keys.stream().filter(this::isNamed).toList();
    if (doors.isEmpty()) {
      return bogus(Cause.DS_NO_MATCH, place, "DS of " + tags() + "; keys " + tags(keys));
    }
    return switch (new SetVerifier(zone, doors, at, budget).verify(set.get())) {
      case SetVerifier.Holds holds ->
          new Trusted(keys, new Expiry(holds.expiry(), zone, zone, Type.DNSKEY));
      case SetVerifier.Fails(Cause cause, _) when cause == Cause.DNSKEY_MISSING ->
          bogus(Cause.RRSIG_MISSING, place, "not signed with key " + tags(doors) + " of the DS");
      case SetVerifier.Fails(Cause cause, String detail) -> bogus(cause, place, detail);
      case SetVerifier.SignedBelow(Name signer) ->
          bogus(Cause.RRSIG_MISSING, place, "signed by " + signer);
    };
  }

  private static Untrusted bogus(Cause cause, Place place, String detail) {
    return new Untrusted(new Bogus(cause, place, detail));
  }

  private static boolean isZoneKey(DNSKEYRecord key) {
    return (key.getFlags() & ZONE_KEY) != 0
        && (key.getFlags() & REVOKED) == 0
        && key.getProtocol() == PROTOCOL;
  }

  private boolean isNamed(DNSKEYRecord key) {
    return entry.keys().stream().anyMatch(anchor -> isSame(anchor, key))
        || entry.delegationSigners().stream().anyMatch(signer -> standsFor(signer, key));
  }

  private static boolean isSame(DNSKEYRecord anchor, DNSKEYRecord key) {
    return anchor.getAlgorithm() == key.getAlgorithm()
        && Arrays.equals(anchor.getKey(), key.getKey());
  }

  private boolean standsFor(DSRecord signer, DNSKEYRecord key) {
    if (signer.getFootprint() != key.getFootprint()
        || signer.getAlgorithm() != key.getAlgorithm()
        || !budget.take(1)) {
      return false;
    }
    DSRecord own = new DSRecord(zone, key.getDClass(), 0, signer.getDigestID(), key);
    return Arrays.equals(own.getDigest(), signer.getDigest());
  }

  private String tags() {
    String signers =
        entry.delegationSigners().stream()
            .map(signer -> String.valueOf(signer.getFootprint()))
            .distinct()
            .collect(Collectors.joining(", "));
    return signers.isEmpty() ? tags(entry.keys()) : signers;
  }

  private static String tags(List<DNSKEYRecord> keys) {
    return keys.stream()
        .map(key -> String.valueOf(key.getFootprint()))
        .collect(Collectors.joining(", "));
  }
}
