package parallax.probe.dns.vantage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Question;

/**
 * The gist of an answer, for comparing.
 *
 * @param rcode as in {@link Rcode}
 * @param records of the type asked for, at the end of the chain of aliases, in canonical order;
 *     empty of an error and where there are none
 * @param ttlSeconds the least on the way; 0 without records
 */
public record Said(int rcode, List<Record> records, long ttlSeconds) {
  /** Records of one answer that are compared; further ones are left out. */
  public static final int MAX_RECORDS = 256;

  /** Aliases that are followed within one answer. */
  public static final int MAX_ALIASES = 16;

  public Said {
    records = records.stream().sorted().distinct().limit(MAX_RECORDS).toList();
  }

  /** What {@code message} says to {@code question}. */
  public static Said of(Question question, Message message) {
    List<Record> answer = message.getSection(Section.ANSWER);
    Name at = question.name();
    long ttl = Long.MAX_VALUE;
    for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
      List<Record> found = at(answer, at, question.type());
      if (!found.isEmpty()) {
        long least = found.stream().mapToLong(Record::getTTL).min().orElse(0);
        return new Said(message.getRcode(), found, Math.min(ttl, least));
      }
      List<Record> alias = at(answer, at, Type.CNAME);
      if (alias.isEmpty() || !(alias.getFirst() instanceof CNAMERecord canonical)) {
        break;
      }
      ttl = Math.min(ttl, canonical.getTTL());
      at = canonical.getTarget();
    }
    return new Said(message.getRcode(), List.of(), 0);
  }

  private static List<Record> at(List<Record> answer, Name name, int type) {
    return answer.stream()
        .filter(record -> record.getType() == type && record.getName().equals(name))
        .toList();
  }

  /** Whether it says the same: TTLs run down in caches and do not count. */
  public boolean agrees(Said other) {
    return rcode == other.rcode && data().equals(other.data());
  }

  private List<String> data() {
    return records.stream().map(Record::rdataToString).toList();
  }

  /** The serial of a zone, when that was asked for. */
  OptionalLong serial() {
    Optional<SOARecord> soa =
        records.stream().filter(SOARecord.class::isInstance).map(SOARecord.class::cast).findFirst();
    return soa.isPresent() ? OptionalLong.of(soa.get().getSerial()) : OptionalLong.empty();
  }

  /** In serial number arithmetic (RFC 1982 section 3.2). */
  static boolean isOlder(long serial, long other) {
    return (int) (serial - other) < 0;
  }

  @Override
  public String toString() {
    Stream<String> shown = data().stream().limit(8);
    return Rcode.string(rcode) + (records.isEmpty() ? "" : " " + shown.toList());
  }
}
