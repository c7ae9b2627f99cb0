package parallax.probe.audit.origin;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Origin.AutonomousSystem;
import parallax.probe.check.Deadline;
import parallax.probe.net.Cidr;

/** Routes that are known beforehand; the longest one that holds an address counts. */
public final class Routes implements Origins {
  private static final int IPV6_BITS = 128;

  private final Map<Cidr, SortedSet<AutonomousSystem>> routes;
  private final SortedSet<Integer> lengths4 = new TreeSet<>(Collections.reverseOrder());
  private final SortedSet<Integer> lengths6 = new TreeSet<>(Collections.reverseOrder());

  /**
   * @param origins numbers of the systems that announce each; none empty
   */
  public Routes(Map<Cidr, SortedSet<Long>> origins) {
    // A table of the internet has a million routes of some eighty thousand origins.
    Map<SortedSet<Long>, SortedSet<AutonomousSystem>> known = new HashMap<>();
    this.routes = HashMap.newHashMap(origins.size());
    origins.forEach(
        (prefix, numbers) -> {
          routes.put(prefix, known.computeIfAbsent(numbers, Routes::systems));
          (prefix.ipv6() ? lengths6 : lengths4).add(prefix.prefixLength());
        });
  }

  private static SortedSet<AutonomousSystem> systems(SortedSet<Long> numbers) {
    SortedSet<AutonomousSystem> systems = new TreeSet<>();
    numbers.forEach(number -> systems.add(new AutonomousSystem(number, Optional.empty())));
    return Collections.unmodifiableSortedSet(systems);
  }

  /** How many routes there are. */
  public int size() {
    return routes.size();
  }

  @Override
  public Future<Origin> of(InetAddress address, Deadline deadline) {
    return Future.succeededFuture(of(address));
  }

  /** As above, at once. */
  public Origin of(InetAddress address) {
    boolean ipv6 = address.getAddress().length * Byte.SIZE == IPV6_BITS;
    for (int length : ipv6 ? lengths6 : lengths4) {
      Cidr prefix = Cidr.around(address, length);
      Optional<SortedSet<AutonomousSystem>> systems = Optional.ofNullable(routes.get(prefix));
      if (systems.isPresent()) {
        return new Origin.Announced(prefix, systems.get());
      }
    }
    return new Origin.Unknown("no route to it in the file");
  }
}
