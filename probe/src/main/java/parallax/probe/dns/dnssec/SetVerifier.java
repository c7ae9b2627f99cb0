package parallax.probe.dns.dnssec;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import parallax.probe.dns.dnssec.denial.WorkBudget;
import parallax.probe.dns.dnssec.material.SignedSet;

/**
 * Checks sets against the keys of one zone at one instant (RFC 4035 section 5.3). One signature
 * that holds is enough (RFC 6840 section 5.4). What has been checked is remembered: servers send
 * the same sets.
 */
final class SetVerifier {
  /** Keys of one tag and algorithm that are tried for one signature (CVE-2023-50387). */
  static final int MAX_COLLIDING_KEYS = 4;

  /** Signatures times keys that are tried for one set. */
  static final int MAX_TRIES_PER_SET = 12;

  /** Signatures checked for one reply. */
  static final int MAX_CHECKS_PER_REPLY = 64;

  /** Signatures checked in one judgement; some hundred milliseconds of RSA at its largest. */
  static final int MAX_CHECKS = 400;

  /** What says most about the cause, first: leftovers of a rollover should not hide it. */
  private static final List<Cause> TELLING =
      List.of(
          Cause.SIGNATURE_WRONG,
          Cause.SIG_EXPIRED,
          Cause.SIG_NOT_YET_VALID,
          Cause.DNSKEY_MISSING,
          Cause.ALGORITHM_UNSUPPORTED,
          Cause.RRSIG_MISSING);

  private final Name zone;
  private final List<DNSKEYRecord> keys;
  private final Instant at;
  private final WorkBudget budget;
  private final Map<SignedSet, Verification> known = new LinkedHashMap<>();

  /** What came of checking a set. */
  sealed interface Verification {}

  /**
   * A signature holds.
   *
   * @param expiry the latest of those tried that hold
   * @param encloser what the wildcard stands below that the set was made from, if it was
   */
  record Holds(Instant expiry, Optional<Name> encloser) implements Verification {}

  /** None holds. */
  record Fails(Cause cause, String detail) implements Verification {}

  /** Signed by a zone between this one and the name. */
  record SignedBelow(Name signer) implements Verification {}

  /**
   * @param keys trusted, of {@code zone}
   * @param budget in signatures checked
   */
  SetVerifier(Name zone, List<DNSKEYRecord> keys, Instant at, WorkBudget budget) {
    this.zone = zone;
    this.keys = List.copyOf(keys);
    this.at = at;
    this.budget = budget;
  }

  Verification verify(SignedSet set) {
    Verification before = known.get(set);
    if (before != null) {
      return before;
    }
    Verification found = check(set);
    if (!budget.isExhausted()) {
      known.put(set, found);
    }
    return found;
  }

  private Verification check(SignedSet set) {
    int labels = labels(set.name());
    List<RRSIGRecord> own =
        set.signatures().stream()
            .filter(signature -> signature.getSigner().equals(zone))
            .filter(signature -> signature.getLabels() <= labels)
            .sorted(Comparator.comparing(RRSIGRecord::getExpire).reversed())
            .toList();
    if (own.isEmpty()) {
      return unsigned(set);
    }
    Fails failure = new Fails(Cause.RRSIG_MISSING, "unsigned");
    int tries = 0;
    for (RRSIGRecord signature : own) {
      List<DNSKEYRecord> makers = makers(signature);
      if (makers.isEmpty()) {
        failure = moreTelling(failure, withoutKey(signature));
      }
      for (DNSKEYRecord maker : makers) {
        tries++;
        if (tries > MAX_TRIES_PER_SET) {
          budget.exhaust();
        }
        if (!budget.take(1)) {
          return new Fails(Cause.SIGNATURE_WRONG, "too many signatures to check");
        }
        Optional<Fails> wrong = wrong(set, signature, maker);
        if (wrong.isEmpty()) {
          return new Holds(signature.getExpire(), encloser(set.name(), signature.getLabels()));
        }
        failure = moreTelling(failure, wrong.get());
      }
    }
    return failure;
  }

  private Verification unsigned(SignedSet set) {
    Optional<Name> below =
        set.signatures().stream()
            .map(RRSIGRecord::getSigner)
            .filter(signer -> !signer.equals(zone) && signer.subdomain(zone))
            .filter(signer -> set.name().subdomain(signer))
            .findFirst();
    if (below.isPresent()) {
      return new SignedBelow(below.get());
    }
    String signers =
        set.signatures().stream()
            .map(signature -> signature.getSigner().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    String detail = signers.isEmpty() ? "no signature" : "signed by " + signers + ", not " + zone;
    return new Fails(Cause.RRSIG_MISSING, detail);
  }

  private List<DNSKEYRecord> makers(RRSIGRecord signature) {
    return Algorithms.isSupported(signature.getAlgorithm())
        ? keys.stream()
            .filter(key -> key.getAlgorithm() == signature.getAlgorithm())
            .filter(key -> key.getFootprint() == signature.getFootprint())
            .limit(MAX_COLLIDING_KEYS)
            .toList()
        : List.of();
  }

  private static Fails withoutKey(RRSIGRecord signature) {
    return Algorithms.isSupported(signature.getAlgorithm())
        ? new Fails(Cause.DNSKEY_MISSING, "signed with " + text(signature) + ", which is no key")
        : new Fails(Cause.ALGORITHM_UNSUPPORTED, "signed with " + text(signature));
  }

  private Optional<Fails> wrong(SignedSet set, RRSIGRecord signature, DNSKEYRecord key) {
    if (!Algorithms.isAffordable(key)) {
      return Optional.of(new Fails(Cause.SIGNATURE_WRONG, text(signature) + " is oversized"));
    }
    try {
      DNSSEC.verify(set.toRRset(), signature, key, at);
      return Optional.empty();
    } catch (DNSSEC.SignatureExpiredException expired) {
      return Optional.of(new Fails(Cause.SIG_EXPIRED, "at " + signature.getExpire()));
    } catch (DNSSEC.SignatureNotYetValidException early) {
      return Optional.of(new Fails(Cause.SIG_NOT_YET_VALID, "until " + signature.getTimeSigned()));
    } catch (DNSSEC.UnsupportedAlgorithmException unsupported) {
      return Optional.of(new Fails(Cause.ALGORITHM_UNSUPPORTED, text(signature)));
    } catch (DNSSEC.DNSSECException | RuntimeException forged) {
      // Keys and signatures are hostile octets to the codec and to the JDK behind it: whatever
      // either throws means that this key did not sign these records.
      return Optional.of(new Fails(Cause.SIGNATURE_WRONG, "not made by " + text(signature)));
    }
  }

  private static Fails moreTelling(Fails one, Fails other) {
    return TELLING.indexOf(other.cause()) < TELLING.indexOf(one.cause()) ? other : one;
  }

  private static String text(RRSIGRecord signature) {
    return "key " + signature.getFootprint() + " of algorithm " + signature.getAlgorithm();
  }

  /** As the labels field counts: neither the root nor a leading asterisk (RFC 4034 3.1.3). */
  private static int labels(Name name) {
    return name.labels() - 1 - (name.isWild() ? 1 : 0);
  }

  private static Optional<Name> encloser(Name name, int signedLabels) {
    return signedLabels < labels(name)
        ? Optional.of(new Name(name, name.labels() - 1 - signedLabels))
        : Optional.empty();
  }
}
