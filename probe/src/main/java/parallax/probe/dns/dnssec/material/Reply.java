package parallax.probe.dns.dnssec.material;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What one server replied to one question, as far as DNSSEC goes.
 *
 * @param server how people know it: a name, an address
 * @param rcode as in {@link org.xbill.DNS.Rcode}
 * @param answer the sets of the answer section
 * @param authority the sets of the authority section: SOA, NS, DS, NSEC, NSEC3
 */
public record Reply(String server, int rcode, List<SignedSet> answer, List<SignedSet> authority) {
  public Reply {
    answer = List.copyOf(answer);
    authority = List.copyOf(authority);
  }

  /** The set of this name and type in the answer section. */
  public Optional<SignedSet> answer(Name name, int type) {
    return find(answer, name, type);
  }

  /** The set of this name and type in the authority section. */
  public Optional<SignedSet> authority(Name name, int type) {
    return find(authority, name, type);
  }

  private static Optional<SignedSet> find(List<SignedSet> sets, Name name, int type) {
    return sets.stream().filter(set -> set.type() == type && set.name().equals(name)).findFirst();
  }
}
