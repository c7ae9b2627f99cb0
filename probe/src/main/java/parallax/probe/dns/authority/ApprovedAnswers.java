package parallax.probe.dns.authority;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.delegation.Said;
import parallax.probe.net.Cidr;

/**
 * What a name may answer, as a set: the order never counts, and a server may give a part of it, as
 * pools do.
 *
 * @param values exact data in presentation form
 * @param blocks for addresses of a pool
 * @param aliases below which an alias may lead, whatever it then leads to
 * @param whole whether every one of {@code values} must be there
 */
public record ApprovedAnswers(
    SortedSet<String> values, List<Cidr> blocks, List<Name> aliases, boolean whole) {
  /** Anything but nothing. */
  public static final ApprovedAnswers ANY =
      new ApprovedAnswers(Collections.emptySortedSet(), List.of(), List.of(), false);

  public ApprovedAnswers {
    values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    blocks = List.copyOf(blocks);
    aliases = List.copyOf(aliases);
  }

  /** Exactly these. */
  public static ApprovedAnswers exactly(SortedSet<String> values) {
    return new ApprovedAnswers(values, List.of(), List.of(), true);
  }

  /** What of {@code answered} was not approved, in words; empty when all is. */
  public Optional<String> objection(Said.Answered answered) {
    boolean any = values.isEmpty() && blocks.isEmpty() && aliases.isEmpty();
    boolean pool =
        answered.aliases().stream().anyMatch(alias -> aliases.stream().anyMatch(alias::subdomain));
    if (any || pool) {
      return Optional.empty();
    }
    List<Record> foreign =
        answered.records().stream().filter(record -> !isApproved(record)).toList();
    if (!foreign.isEmpty()) {
      return Optional.of(
          foreign.stream().map(Presentation::text).sorted().collect(Collectors.joining(", ")));
    }
    if (answered.records().isEmpty()) {
      return Optional.of("an alias of " + answered.aliases().getLast());
    }
    return whole ? missing(answered.records()) : Optional.empty();
  }

  private boolean isApproved(Record record) {
    Optional<InetAddress> address = Presentation.address(record);
    boolean pooled =
        address.isPresent() && blocks.stream().anyMatch(block -> block.contains(address.get()));
    return pooled || keys(record.getType()).contains(Presentation.key(record));
  }

  private Optional<String> missing(List<Record> records) {
    List<ByteBuffer> there = records.stream().map(Presentation::key).toList();
    int type = records.getFirst().getType();
    String missing =
        values.stream()
            .filter(value -> !Presentation.key(type, value).map(there::contains).orElse(false))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? Optional.empty() : Optional.of("without " + missing);
  }

  private List<ByteBuffer> keys(int type) {
    return values.stream().flatMap(value -> Presentation.key(type, value).stream()).toList();
  }
}
