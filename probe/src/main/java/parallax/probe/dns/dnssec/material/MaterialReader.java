package parallax.probe.dns.dnssec.material;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Messages to material: sorts the records of an answer that was asked for with the DO bit (RFC
 * 3225) into sets with their signatures. A message beyond the bounds is unreadable as a whole: half
 * a set would look forged.
 */
public final class MaterialReader {
  /** Records in the answer and authority sections together, signatures included. */
  public static final int MAX_RECORDS = 512;

  /** Records in one set: no zone has as many keys, and no name in the wild as many addresses. */
  public static final int MAX_RECORDS_IN_SET = 128;

  /** Signatures over one set; each may have to be tried (CVE-2023-50387). */
  public static final int MAX_SIGNATURES_OF_SET = 16;

  private MaterialReader() {}

  /** What came of reading. */
  public sealed interface Read {}

  /** The reply, sorted. */
  public record Sorted(Reply reply) implements Read {}

  /** Beyond a bound. */
  public record Unreadable(String detail) implements Read {}

  private record Key(Name name, int type) {}

  /** Gathers the sets of one section. */
  private static final class Sets {
    private final Map<Key, List<Record>> records = new LinkedHashMap<>();
    private final Map<Key, List<RRSIGRecord>> signatures = new LinkedHashMap<>();

    void add(Record record) {
      if (record instanceof RRSIGRecord signature) {
        Key covered = new Key(signature.getName(), signature.getTypeCovered());
        signatures.computeIfAbsent(covered, _ -> new ArrayList<>()).add(signature);
      } else if (record.getType() != Type.OPT) {
        Key key = new Key(record.getName(), record.getType());
        records.computeIfAbsent(key, _ -> new ArrayList<>()).add(record);
      }
    }

    Optional<String> excess() {
      return records.entrySet().stream()
          .filter(set -> set.getValue().size() > MAX_RECORDS_IN_SET)
          .map(set -> set.getValue().size() + " records of " + text(set.getKey()))
          .findFirst()
          .or(
              () ->
                  signatures.entrySet().stream()
                      .filter(set -> set.getValue().size() > MAX_SIGNATURES_OF_SET)
                      .map(set -> set.getValue().size() + " signatures of " + text(set.getKey()))
                      .findFirst());
    }

    private static String text(Key key) {
      return key.name() + " " + Type.string(key.type());
    }

    /** Signatures that cover nothing here are left out. */
    List<SignedSet> sets() {
      return records.entrySet().stream()
          .map(
              set ->
                  new SignedSet(
                      set.getKey().name(),
                      set.getKey().type(),
                      set.getValue(),
                      signatures.getOrDefault(set.getKey(), List.of())))
          .toList();
    }
  }

  /**
   * Sorts {@code message}.
   *
   * @param server how people know the one who sent it
   */
  public static Read read(String server, Message message) {
    List<Record> answer = message.getSection(Section.ANSWER);
    List<Record> authority = message.getSection(Section.AUTHORITY);
    int count = answer.size() + authority.size();
    if (count > MAX_RECORDS) {
      return new Unreadable(count + " records, at most " + MAX_RECORDS);
    }
    Sets answers = sets(answer);
    Sets authorities = sets(authority);
    return answers
        .excess()
        .or(authorities::excess)
        .<Read>map(Unreadable::new)
        .orElseGet(
            () ->
                new Sorted(
                    new Reply(server, message.getRcode(), answers.sets(), authorities.sets())));
  }

  private static Sets sets(List<Record> section) {
    Sets sets = new Sets();
    section.stream().filter(record -> record.getDClass() == DClass.IN).forEach(sets::add);
    return sets;
  }
}
