package parallax.coordinator.cluster.search;

import java.net.InetAddress;
import java.util.List;

/** Asks the name system. */
interface NameLookup {
  /** What it says of a name. */
  sealed interface Answer {
    /**
     * Addresses of both families.
     *
     * @param addresses at least one, in no order
     */
    record Addresses(List<InetAddress> addresses) implements Answer {
      public Addresses {
        addresses = List.copyOf(addresses);
      }
    }

    /**
     * Nothing that can be used.
     *
     * @param why for people
     */
    record None(String why) implements Answer {}
  }

  /** Returns within a bounded time. */
  Answer ask(String name);
}
