package parallax.probe.dns.dnssec.denial;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.denial.Denial.Proven;
import parallax.probe.dns.dnssec.denial.Denial.Unproven;

/**
 * Denial by NSEC (RFC 4034 section 4, RFC 4035 section 5.4), with the clarifications of RFC 6840
 * section 4 and the compact form of RFC 9824.
 */
public final class NsecProof implements DenialProof {
  /** "This name does not exist", said at the name itself (RFC 9824 section 3.4). */
  private static final int TYPE_NXNAME = 128;

  private static final Proven PROVEN = new Proven(false);

  private final Name zone;
  private final List<NSECRecord> records;

  /**
   * @param zone that signed them all
   * @param records verified; none made from a wildcard
   */
  public NsecProof(Name zone, List<NSECRecord> records) {
    this.zone = zone;
    this.records = List.copyOf(records);
  }

  @Override
  public Denial noName(Name name) {
    Optional<NSECRecord> own = at(name);
    if (own.isPresent()) {
      return own.get().hasType(TYPE_NXNAME)
          ? PROVEN
          : new Unproven("NSEC says that " + name + " exists");
    }
    Optional<NSECRecord> span = over(name);
    if (span.isEmpty()) {
      return new Unproven("no NSEC spans " + name);
    }
    if (span.get().getNext().subdomain(name)) {
      return new Unproven("NSEC says that names below " + name + " exist");
    }
    Optional<Name> wildcard = Enclosing.wildcard(encloser(name, span.get()));
    return wildcard.isEmpty() || over(wildcard.get()).isPresent()
        ? PROVEN
        : new Unproven("no NSEC spans " + wildcard.get());
  }

  @Override
  public Denial noData(Name name, int type) {
    Optional<NSECRecord> own = at(name);
    if (own.isPresent()) {
      return lacks(own.get(), type);
    }
    Optional<NSECRecord> span = over(name);
    if (span.isEmpty()) {
      return new Unproven("no NSEC at or over " + name);
    }
    if (span.get().getNext().subdomain(name)) {
      return PROVEN;
    }
    return Enclosing.wildcard(encloser(name, span.get()))
        .flatMap(this::at)
        .map(wildcard -> lacks(wildcard, type))
        .orElseGet(() -> new Unproven("NSEC says that " + name + " does not exist at all"));
  }

  private static Denial lacks(NSECRecord record, int type) {
    String owner = record.getName().toString();
    boolean delegation = record.hasType(Type.NS) && !record.hasType(Type.SOA);
    // What the zone above says at a delegation is about DS alone (RFC 6840 section 4.1).
    if (type != Type.DS && delegation) {
      return new Unproven("NSEC at the delegation " + owner + " is the zone above's");
    }
    if (type == Type.DS && record.hasType(Type.SOA)) {
      return new Unproven("NSEC of " + owner + " is the zone's own, not the one above's");
    }
    if (record.hasType(type) || record.hasType(Type.CNAME)) {
      String present = Type.string(record.hasType(type) ? type : Type.CNAME);
      return new Unproven("NSEC says that " + owner + " has " + present);
    }
    return PROVEN;
  }

  @Override
  public Denial unsignedDelegation(Name name) {
    Optional<NSECRecord> own = at(name);
    if (own.isEmpty()) {
      return new Unproven("no NSEC at " + name);
    }
    return own.get().hasType(Type.NS)
        ? lacks(own.get(), Type.DS)
        : new Unproven("NSEC says that " + name + " is not delegated");
  }

  @Override
  public Denial noCloserName(Name name, Name encloser) {
    Optional<NSECRecord> span = over(name);
    if (span.isEmpty()) {
      return new Unproven("made from a wildcard, but no NSEC spans " + name);
    }
    boolean closer = encloser(name, span.get()).labels() > encloser.labels();
    return closer || span.get().getNext().subdomain(name)
        ? new Unproven("made from *." + encloser + ", but NSEC says that a closer name exists")
        : PROVEN;
  }

  private Optional<NSECRecord> at(Name name) {
    return records.stream().filter(record -> record.getName().equals(name)).findFirst();
  }

  /** The record between whose owner and next name {@code name} would be (RFC 4034 section 6.1). */
  private Optional<NSECRecord> over(Name name) {
    return records.stream().filter(record -> spans(record, name)).findFirst();
  }

  private boolean spans(NSECRecord record, Name name) {
    Name owner = record.getName();
    if (owner.compareTo(name) >= 0 || hides(record, name)) {
      return false;
    }
    boolean last = record.getNext().equals(zone);
    return last || name.compareTo(record.getNext()) < 0;
  }

  /** Whether names below the owner are somebody else's to deny (RFC 6840 section 4.1). */
  private static boolean hides(NSECRecord record, Name name) {
    boolean delegation = record.hasType(Type.NS) && !record.hasType(Type.SOA);
    return (delegation || record.hasType(Type.DNAME)) && name.subdomain(record.getName());
  }

  /** The closest name to {@code name} that exists, as the span over it tells. */
  private static Name encloser(Name name, NSECRecord span) {
    Name before = Enclosing.common(name, span.getName());
    Name after = Enclosing.common(name, span.getNext());
    return before.labels() >= after.labels() ? before : after;
  }
}
