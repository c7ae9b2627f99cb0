package parallax.probe.dns.dnssec.material;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The records of one name and type, with the signatures that claim to cover them (RFC 4035 section
 * 2.2), as a server sent them and in canonical order (RFC 4034 section 6.3): equal sets are equal
 * whatever order they came in.
 *
 * @param records never empty
 * @param signatures of this name and covering this type; empty when the set is unsigned
 */
public record SignedSet(Name name, int type, List<Record> records, List<RRSIGRecord> signatures) {
  public SignedSet {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no records: " + name + " " + Type.string(type));
    }
    for (Record record : records) {
      if (record.getType() != type || !record.getName().equals(name)) {
        throw new IllegalArgumentException("not of " + name + ": " + record);
      }
    }
    records = records.stream().sorted().distinct().toList();
    signatures = signatures.stream().sorted().distinct().toList();
  }

  /** As dnsjava wants it, without the signatures. */
  public RRset toRRset() {
    return new RRset(records);
  }

  /** The records that are of this class, which for a known type are all. */
  public <R extends Record> List<R> as(Class<R> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
