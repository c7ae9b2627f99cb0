package parallax.deploy.demo.net;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is broken of the small internet just now. Safe from any thread. */
final class Faults {
  /** From one address to another nothing is heard. */
  private record Way(InetAddress from, InetAddress to) {}

  private final Set<InetAddress> silent = ConcurrentHashMap.newKeySet();
  private final Set<InetAddress> unavailable = ConcurrentHashMap.newKeySet();
  private final Set<InetAddress> lost = ConcurrentHashMap.newKeySet();
  private final Set<Way> cut = ConcurrentHashMap.newKeySet();

  /** These servers answer nobody. */
  void silence(Collection<InetAddress> servers) {
    silent.addAll(servers);
  }

  /** These web servers answer 503. */
  void exhaust(InetAddress server) {
    unavailable.add(server);
  }

  /** What comes from there reaches nobody. */
  void lose(InetAddress client) {
    lost.add(client);
  }

  /** What comes from there does not reach this server. */
  void cut(InetAddress client, InetAddress server) {
    cut.add(new Way(client, server));
  }

  /** Everything works again. */
  void mend() {
    silent.clear();
    unavailable.clear();
    lost.clear();
    cut.clear();
  }

  boolean isHeard(InetAddress client, InetAddress server) {
    return !silent.contains(server)
        && !lost.contains(client)
        && !cut.contains(new Way(client, server));
  }

  boolean isUnavailable(InetAddress server) {
    return unavailable.contains(server);
  }
}
