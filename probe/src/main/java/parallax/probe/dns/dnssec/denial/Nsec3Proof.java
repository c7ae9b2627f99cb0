package parallax.probe.dns.dnssec.denial;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;
import parallax.probe.dns.dnssec.denial.Denial.Proven;
import parallax.probe.dns.dnssec.denial.Denial.TooCostly;
import parallax.probe.dns.dnssec.denial.Denial.Unproven;

/** Denial by NSEC3 (RFC 5155 section 8), within the iterations that validators accept. */
public final class Nsec3Proof implements DenialProof {
  /**
   * Zones with more count as insecure (RFC 9276 section 3.2). Validators in the field draw the line
   * here or at 150; a zone should use none.
   */
  public static final int MAX_ITERATIONS = 50;

  /** Records of one reply that are looked at: a proof needs three, and a CNAME chain repeats it. */
  public static final int MAX_RECORDS = 32;

  /**
   * Rounds of SHA-1 that one reply may cause: a proof about the longest name there is, 127 labels,
   * at {@link #MAX_ITERATIONS} takes 6,500 (CVE-2023-50868).
   */
  public static final int MAX_ROUNDS_PER_REPLY = 10_000;

  /** Rounds of SHA-1 in one judgement; some twenty milliseconds. */
  public static final int MAX_ROUNDS = 100_000;

  private static final int OPT_OUT = 1;
  private static final int HASH_CHARACTERS = 32;

  /** RFC 4648 section 7; the library wants the padding sign with it. */
  private static final String BASE32_HEX = "0123456789ABCDEFGHIJKLMNOPQRSTUV=";

  private final Name zone;
  private final List<Span> spans;
  private final WorkBudget budget;
  private final Map<Name, Optional<String>> hashes = new LinkedHashMap<>();

  /** A record with the hashes it lies between, in base32hex, which sorts as the octets do. */
  private record Span(String owner, String next, NSEC3Record record) {
    boolean covers(String hash) {
      boolean after = owner.compareTo(hash) < 0;
      boolean before = hash.compareTo(next) < 0;
      // The last span leads back to the first hash.
      return owner.compareTo(next) < 0 ? after && before : after || before;
    }

    boolean optOut() {
      return (record.getFlags() & OPT_OUT) != 0;
    }

    boolean has(int type) {
      return record.hasType(type);
    }

    boolean isDelegation() {
      return has(Type.NS) && !has(Type.SOA);
    }
  }

  /** The closest name that exists, and the span over the next closer one (RFC 5155 section 8.3). */
  private record Encloser(Name name, Span overNextCloser) {}

  /**
   * @param zone that signed them all
   * @param records verified; none made from a wildcard
   * @param budget in rounds of SHA-1
   */
  public Nsec3Proof(Name zone, List<NSEC3Record> records, WorkBudget budget) {
    this.zone = zone;
    this.budget = budget;
    // Of an unknown hash or with unknown flags: ignored (RFC 5155 sections 8.1 and 8.2). Those of
    // other parameters than the first cannot be part of the same proof.
    List<NSEC3Record> known =
        records.stream()
            .filter(record -> record.getHashAlgorithm() == NSEC3Record.SHA1_DIGEST_ID)
            .filter(record -> (record.getFlags() & ~OPT_OUT) == 0)
            .filter(record -> record.getName().labels() == zone.labels() + 1)
            .filter(record -> record.getName().subdomain(zone))
            .limit(MAX_RECORDS)
            .toList();
    this.spans =
        known.stream()
            .filter(record -> sameParameters(record, known.getFirst()))
            .map(
                record ->
                    new Span(
                        record.getName().getLabelString(0).toLowerCase(Locale.ROOT),
                        text(record.getNext()),
                        record))
            .filter(span -> span.owner().length() == HASH_CHARACTERS)
            .filter(span -> span.next().length() == HASH_CHARACTERS)
            .toList();
  }

  private static boolean sameParameters(NSEC3Record one, NSEC3Record other) {
    return one.getIterations() == other.getIterations() && Arrays.equals(salt(one), salt(other));
  }

  private static byte[] salt(NSEC3Record record) {
    byte[] salt = record.getSalt();
    return salt == null ? new byte[0] : salt;
  }

  @Override
  public Denial noName(Name name) {
    if (isTooCostly()) {
      return tooCostly();
    }
    Optional<Encloser> encloser = encloser(name);
    if (encloser.isEmpty()) {
      return new Unproven("NSEC3 proves no closest encloser of " + name);
    }
    Optional<Name> wildcard = Enclosing.wildcard(encloser.get().name());
    return wildcard.isEmpty() || over(wildcard.get()).isPresent()
        ? new Proven(encloser.get().overNextCloser().optOut())
        : new Unproven("no NSEC3 covers " + wildcard.get());
  }

  @Override
  public Denial noData(Name name, int type) {
    if (isTooCostly()) {
      return tooCostly();
    }
    Optional<Span> own = at(name);
    if (own.isPresent()) {
      return lacks(own.get(), name, type);
    }
    Optional<Encloser> encloser = encloser(name);
    if (encloser.isEmpty()) {
      return new Unproven("no NSEC3 matches " + name + " or proves its closest encloser");
    }
    boolean optOut = encloser.get().overNextCloser().optOut();
    Optional<Name> wildcard = Enclosing.wildcard(encloser.get().name());
    Optional<Span> standIn = wildcard.flatMap(this::at);
    if (wildcard.isPresent() && standIn.isPresent()) {
      return switch (lacks(standIn.get(), wildcard.get(), type)) {
        case Proven _ -> new Proven(optOut);
        case Denial other -> other;
      };
    }
    // A name that leads to nothing but unsigned delegations may have no NSEC3 of its own either.
    return optOut
        ? new Proven(true)
        : new Unproven("NSEC3 says that " + name + " does not exist at all");
  }

  private static Denial lacks(Span span, Name name, int type) {
    if (type != Type.DS && span.isDelegation()) {
      return new Unproven("NSEC3 at the delegation " + name + " is the zone above's");
    }
    if (type == Type.DS && span.has(Type.SOA)) {
      return new Unproven("NSEC3 of " + name + " is the zone's own, not the one above's");
    }
    if (span.has(type) || span.has(Type.CNAME)) {
      String present = Type.string(span.has(type) ? type : Type.CNAME);
      return new Unproven("NSEC3 says that " + name + " has " + present);
    }
    return new Proven(false);
  }

  @Override
  public Denial unsignedDelegation(Name name) {
    if (isTooCostly()) {
      return tooCostly();
    }
    Optional<Span> own = at(name);
    if (own.isPresent()) {
      return own.get().has(Type.NS)
          ? lacks(own.get(), name, Type.DS)
          : new Unproven("NSEC3 says that " + name + " is not delegated");
    }
    return encloser(name)
        .filter(encloser -> encloser.overNextCloser().optOut())
        .<Denial>map(_ -> new Proven(true))
        .orElseGet(() -> new Unproven("no NSEC3 matches " + name + ", and none opts out"));
  }

  @Override
  public Denial noCloserName(Name name, Name encloser) {
    if (isTooCostly()) {
      return tooCostly();
    }
    Name nextCloser = Enclosing.nextCloser(name, encloser);
    return over(nextCloser)
        .<Denial>map(span -> new Proven(span.optOut()))
        .orElseGet(
            () -> new Unproven("made from *." + encloser + ", but no NSEC3 covers " + nextCloser));
  }

  private Optional<Encloser> encloser(Name name) {
    for (int labels = name.labels(); labels >= zone.labels(); labels--) {
      Name ancestor = Enclosing.ancestor(name, labels);
      Optional<Span> match = at(ancestor);
      if (match.isEmpty()) {
        continue;
      }
      boolean others = match.get().isDelegation() || match.get().has(Type.DNAME);
      return labels == name.labels() || others
          ? Optional.empty()
          : over(Enclosing.nextCloser(name, ancestor)).map(span -> new Encloser(ancestor, span));
    }
    return Optional.empty();
  }

  private Optional<Span> at(Name name) {
    return hash(name)
        .flatMap(hash -> spans.stream().filter(span -> span.owner().equals(hash)).findFirst());
  }

  private Optional<Span> over(Name name) {
    return hash(name).flatMap(hash -> spans.stream().filter(span -> span.covers(hash)).findFirst());
  }

  private Optional<String> hash(Name name) {
    return hashes.computeIfAbsent(name, this::computed);
  }

  private Optional<String> computed(Name name) {
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    NSEC3Record parameters = spans.getFirst().record();
    if (!budget.take(parameters.getIterations() + 1)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text(parameters.hashName(name)));
    } catch (NoSuchAlgorithmException noSha1) {
      return Optional.empty();
    }
  }

  private static String text(byte[] hash) {
    return new base32(BASE32_HEX, false, true).toString(hash);
  }

  private boolean isTooCostly() {
    return iterations() > MAX_ITERATIONS;
  }

  private TooCostly tooCostly() {
    return new TooCostly(iterations());
  }

  private int iterations() {
    return spans.isEmpty() ? 0 : spans.getFirst().record().getIterations();
  }
}
