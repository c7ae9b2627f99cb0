package parallax.probe.dns.dnssec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Expiry;
import parallax.probe.dns.dnssec.Verdict.Gap;
import parallax.probe.dns.dnssec.Verdict.Indeterminate;
import parallax.probe.dns.dnssec.Verdict.Insecure;
import parallax.probe.dns.dnssec.Verdict.Place;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.Verdict.Unprotected;
import parallax.probe.dns.dnssec.denial.Denial;
import parallax.probe.dns.dnssec.denial.DenialProof;
import parallax.probe.dns.dnssec.denial.Nsec3Proof;
import parallax.probe.dns.dnssec.denial.NsecProof;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;

/**
 * Judges one reply from one signed zone: answers (RFC 4035 section 5.3), denials (5.4), aliases,
 * and the DS records of delegations (5.2). An empty {@code Optional<Verdict>} means that nothing
 * speaks against it so far.
 */
final class ReplyJudge {
  /** Aliases that are followed within one reply. */
  static final int MAX_ALIASES = 16;

  private static final List<Integer> DENYING = List.of(Type.SOA, Type.NSEC, Type.NSEC3);

  private final SignedZone zone;
  private final Reply reply;
  private Optional<Expiry> earliest = Optional.empty();
  private Optional<Insecure> unprotected = Optional.empty();

  ReplyJudge(SignedZone zone, Reply reply) {
    this.zone = zone;
    this.reply = reply;
  }

  /** What a reply says about the DS records of a delegation. */
  sealed interface Delegation {}

  /** They are there and signed. */
  record Signed(List<DSRecord> signers, Expiry expiry) implements Delegation {}

  /** They are not, or cannot be believed. */
  record Unsigned(Verdict verdict) implements Delegation {}

  /** Judges the reply to {@code name type}. */
  Verdict answer(Name name, int type) {
    if (reply.rcode() != Rcode.NOERROR && reply.rcode() != Rcode.NXDOMAIN) {
      return noAnswer("answers " + Rcode.string(reply.rcode()));
    }
    Name at = name;
    for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
      Optional<SignedSet> found = reply.answer(at, type);
      if (found.isPresent()) {
        return conclude(aliases > 0 ? provenEnd(found.get()) : proven(found.get()));
      }
      Alias alias = alias(at);
      if (alias.against().isPresent()) {
        return conclude(aliases > 0 ? notElsewhere(alias.against()) : alias.against());
      }
      if (alias.target().isEmpty()) {
        return conclude(aliases > 0 ? deniedAlias(at, type) : denied(at, type));
      }
      at = alias.target().get();
      if (!at.subdomain(zone.name())) {
        return conclude(Optional.empty());
      }
    }
    return noAnswer("more than " + MAX_ALIASES + " aliases");
  }

  /** Judges the DS records of the delegation {@code child} in a direct answer or a referral. */
  Delegation delegation(Name child) {
    Optional<SignedSet> set =
        reply.answer(child, Type.DS).or(() -> reply.authority(child, Type.DS));
    if (set.isPresent()) {
      Optional<Verdict> against = proven(set.get());
      List<DSRecord> signers = set.get().as(DSRecord.class);
      return against.isEmpty() && earliest.isPresent()
          ? new Signed(signers, earliest.get())
          : new Unsigned(conclude(against));
    }
    if (reply.rcode() != Rcode.NOERROR) {
      return new Unsigned(noAnswer("answers " + Rcode.string(reply.rcode()) + " to " + child));
    }
    Place place = place(child, Type.DS);
    return switch (denialProof(place)) {
      case Proof(DenialProof proof) ->
          new Unsigned(
              denial(proof.unsignedDelegation(child), place)
                  .orElseGet(() -> new Insecure(child, Unprotected.NO_DS, "no DS")));
      case NoProof(Verdict verdict) -> new Unsigned(verdict);
    };
  }

  private Verdict conclude(Optional<Verdict> against) {
    return against
        .or(() -> unprotected)
        .or(() -> earliest.map(Secure::new))
        .orElseGet(() -> noAnswer("nothing to judge"));
  }

  /** Where an alias leads; nowhere when there is none. */
  private record Alias(Optional<Name> target, Optional<Verdict> against) {
    static final Alias NONE = new Alias(Optional.empty(), Optional.empty());
  }

  private Alias alias(Name at) {
    Optional<SignedSet> renaming = renaming(at);
    if (renaming.isPresent()) {
      // The CNAME beside it is made up on the way and unsigned (RFC 6672 section 5.3.1).
      return new Alias(renamed(at, renaming.get()), proven(renaming.get()));
    }
    Optional<SignedSet> set = reply.answer(at, Type.CNAME);
    if (set.isEmpty()) {
      return Alias.NONE;
    }
    Optional<Name> target =
        set.get().as(CNAMERecord.class).stream().map(CNAMERecord::getTarget).findFirst();
    return new Alias(target, proven(set.get()));
  }

  private Optional<SignedSet> renaming(Name at) {
    return reply.answer().stream()
        .filter(set -> set.type() == Type.DNAME)
        .filter(set -> at.subdomain(set.name()) && !at.equals(set.name()))
        .findFirst();
  }

  private static Optional<Name> renamed(Name at, SignedSet renaming) {
    try {
      return Optional.of(at.fromDNAME(renaming.as(DNAMERecord.class).getFirst()));
    } catch (NameTooLongException tooLong) {
      return Optional.empty();
    }
  }

  private Optional<Verdict> denied(Name name, int type) {
    Optional<Verdict> elsewhere = elsewhere(name);
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    Optional<Verdict> against = reply.authority(zone.name(), Type.SOA).flatMap(this::proven);
    if (against.isPresent()) {
      return against;
    }
    Place place = place(name, type);
    return switch (denialProof(place)) {
      case Proof(DenialProof proof) ->
          denial(
              reply.rcode() == Rcode.NXDOMAIN ? proof.noName(name) : proof.noData(name, type),
              place);
      case NoProof(Verdict verdict) -> Optional.of(verdict);
    };
  }

  /** A referral, or a denial by a zone below that the same server holds: a cut is missing. */
  private Optional<Verdict> elsewhere(Name name) {
    boolean mine = reply.authority(zone.name(), Type.SOA).isPresent();
    return reply.authority().stream()
        .filter(set -> set.type() == Type.SOA || (set.type() == Type.NS && !mine))
        .map(SignedSet::name)
        .filter(owner -> !owner.equals(zone.name()) && owner.subdomain(zone.name()))
        .filter(name::subdomain)
        .findFirst()
        .map(this::missingZone);
  }

  /**
   * The set at the end of an alias. Without any signature it is broken, or of an unsigned zone
   * below on the same server, which its own chain will tell.
   */
  private Optional<Verdict> provenEnd(SignedSet set) {
    return set.signatures().isEmpty()
        ? Optional.of(
            new Indeterminate(
                Gap.CHAIN_INCOMPLETE, "an alias ends at " + set.name() + ", unsigned"))
        : notElsewhere(proven(set));
  }

  /** A reply may leave the end of an alias to those who ask on. */
  private Optional<Verdict> deniedAlias(Name name, int type) {
    boolean silent =
        reply.rcode() == Rcode.NOERROR
            && reply.authority().stream().noneMatch(set -> DENYING.contains(set.type()));
    return silent ? Optional.empty() : notElsewhere(denied(name, type));
  }

  /** At the end of an alias another zone of the same server may speak, which is not judged here. */
  private static Optional<Verdict> notElsewhere(Optional<Verdict> against) {
    return against.filter(
        verdict -> !(verdict instanceof Indeterminate(Gap gap, _)) || gap != Gap.CHAIN_INCOMPLETE);
  }

  private Optional<Verdict> proven(SignedSet set) {
    Place place = place(set.name(), set.type());
    return switch (zone.verifier().verify(set)) {
      case SetVerifier.Holds holds -> {
        note(set, holds);
        yield holds.encloser().flatMap(encloser -> noCloserName(set.name(), encloser, place));
      }
      case SetVerifier.Fails(Cause cause, String detail) ->
          Optional.of(new Bogus(cause, place, detail));
      case SetVerifier.SignedBelow(Name signer) -> Optional.of(missingZone(signer));
    };
  }

  private Optional<Verdict> noCloserName(Name name, Name encloser, Place place) {
    return switch (denialProof(place)) {
      case Proof(DenialProof proof) -> denial(proof.noCloserName(name, encloser), place);
      case NoProof(Verdict verdict) -> Optional.of(verdict);
    };
  }

  private void note(SignedSet set, SetVerifier.Holds holds) {
    Expiry expiry = new Expiry(holds.expiry(), zone.name(), set.name(), set.type());
    earliest = Optional.of(earliest.map(before -> before.earlier(expiry)).orElse(expiry));
  }

  private Optional<Verdict> denial(Denial denial, Place place) {
    return switch (denial) {
      case Denial.Proven(boolean optOut) -> {
        if (optOut) {
          unprotected =
              Optional.of(new Insecure(place.name(), Unprotected.OPT_OUT, "span opts out"));
        }
        yield place.type() == Type.DS ? unprotected.map(Verdict.class::cast) : Optional.empty();
      }
      case Denial.Unproven(String detail) ->
          Optional.of(new Bogus(Cause.DENIAL_BROKEN, place, detail));
      case Denial.TooCostly(int iterations) ->
          Optional.of(
              new Insecure(zone.name(), Unprotected.NSEC3_ITERATIONS, iterations + " iterations"));
    };
  }

  /** The records of denial in the reply, if each is signed as it should be. */
  private sealed interface Denials {}

  private record Proof(DenialProof proof) implements Denials {}

  private record NoProof(Verdict verdict) implements Denials {}

  private Denials denialProof(Place denied) {
    List<NSECRecord> names = new ArrayList<>();
    List<NSEC3Record> hashes = new ArrayList<>();
    for (SignedSet set : reply.authority()) {
      if (set.type() != Type.NSEC && set.type() != Type.NSEC3) {
        continue;
      }
      Place place = place(set.name(), set.type());
      switch (zone.verifier().verify(set)) {
        case SetVerifier.Holds holds -> {
          if (holds.encloser().isPresent()) {
            return broken(place, "made from a wildcard");
          }
          note(set, holds);
        }
        case SetVerifier.Fails(Cause cause, String detail) -> {
          return new NoProof(new Bogus(cause, place, detail));
        }
        case SetVerifier.SignedBelow(Name signer) -> {
          return new NoProof(missingZone(signer));
        }
      }
      names.addAll(set.as(NSECRecord.class));
      hashes.addAll(set.as(NSEC3Record.class));
    }
    if (names.isEmpty() && hashes.isEmpty()) {
      return broken(denied, "neither NSEC nor NSEC3");
    }
    return new Proof(
        names.isEmpty()
            ? new Nsec3Proof(zone.name(), hashes, zone.hashes())
            : new NsecProof(zone.name(), names));
  }

  private static NoProof broken(Place place, String detail) {
    return new NoProof(new Bogus(Cause.DENIAL_BROKEN, place, detail));
  }

  private Indeterminate missingZone(Name signer) {
    return new Indeterminate(
        Gap.CHAIN_INCOMPLETE, signer + " speaks, which is not among the zones");
  }

  private Indeterminate noAnswer(String detail) {
    return new Indeterminate(Gap.NO_ANSWER, reply.server() + " " + detail);
  }

  private Place place(Name name, int type) {
    return new Place(Optional.of(reply.server()), zone.name(), name, type);
  }
}
