package parallax.config.check;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks for records of a name and judges the answer.
 *
 * @param server the name server that is itself the target; empty: ask {@code naming}'s resolvers
 * @param name the name asked for, without trailing dot
 * @param types record types asked for, in upper case (RFC 1035 section 3.2.2 and successors). When
 *     {@code expect} is empty one of them must have an answer; a type in {@code expect} must have
 *     exactly the answers listed
 * @param expect by record type the full set of answers in presentation form (RFC 1035 section 5.1)
 */
public record DnsSpec(
    Optional<ServerAddress> server,
    String name,
    List<String> types,
    SortedMap<String, SortedSet<String>> expect,
    Naming naming,
    Duration timeout)
    implements CheckSpec {

  public DnsSpec {
    types = List.copyOf(types);
    TreeMap<String, SortedSet<String>> copy = new TreeMap<>();
    expect.forEach(
        (type, answers) ->
            copy.put(type, Collections.unmodifiableSortedSet(new TreeSet<>(answers))));
    expect = Collections.unmodifiableSortedMap(copy);
  }

  @Override
  public CheckKind kind() {
    return CheckKind.DNS;
  }
}
