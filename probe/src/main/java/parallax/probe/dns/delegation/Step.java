package parallax.probe.dns.delegation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.Name;

/**
 * The servers of one zone, all asked the same.
 *
 * @param zone whose servers these are
 * @param visits a server may have several addresses and so several visits
 * @param homeless names of servers without any address
 */
public record Step(Name zone, List<Visit> visits, SortedSet<Name> homeless) {
  public Step {
    visits = List.copyOf(visits);
    homeless = Collections.unmodifiableSortedSet(new TreeSet<>(homeless));
  }

  /** The visits that speak of the server: it was asked, and the probe itself was in order. */
  public List<Visit> telling() {
    return visits.stream().filter(visit -> !ServerReasons.isUntold(visit.said())).toList();
  }

  /**
   * Where to go on: the union of what the servers refer to. When they refer to several zones, to
   * the one that most of them name, of equals the highest: nothing on the way is left out.
   */
  public Optional<Delegation> onward() {
    List<Delegation> referrals = referrals();
    if (referrals.isEmpty()) {
      return Optional.empty();
    }
    // Mostly all say the same, and this is asked often.
    Delegation first = referrals.getFirst();
    if (referrals.stream().allMatch(first::equals)) {
      return Optional.of(first);
    }
    SortedMap<Name, Integer> votes = new TreeMap<>();
    SortedMap<Name, Delegation> unions = new TreeMap<>();
    for (Delegation delegation : referrals) {
      votes.merge(delegation.zone(), 1, Integer::sum);
      unions.merge(delegation.zone(), delegation, Delegation::and);
    }
    return votes.entrySet().stream()
        .max(
            Comparator.<Map.Entry<Name, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparingInt(entry -> -entry.getKey().labels()))
        .flatMap(most -> Optional.ofNullable(unions.get(most.getKey())));
  }

  private List<Delegation> referrals() {
    List<Delegation> referrals = new ArrayList<>(visits.size());
    for (Visit visit : visits) {
      if (visit.said() instanceof Said.Referred(Delegation delegation)) {
        referrals.add(delegation);
      }
    }
    return referrals;
  }
}
