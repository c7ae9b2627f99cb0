package parallax.coordinator.cluster.discovery;

import java.util.List;

/** How a member finds the others. It is asked again for as long as members are missing. */
public sealed interface Discovery {
  /**
   * Members that are known beforehand, this one among them or not; each may be an address or a
   * name.
   */
  record Listed(List<HostPort> members) implements Discovery {
    public Listed {
      members = List.copyOf(members);
      if (members.isEmpty() || members.size() > MAX_MEMBERS) {
        throw new IllegalArgumentException("name 1 to " + MAX_MEMBERS + " members");
      }
    }
  }

  /** All addresses of a name (A and AAAA), one port. */
  record Name(HostPort name) implements Discovery {}

  /**
   * The pods behind a headless service of Kubernetes, by its name in DNS: no rights to ask the
   * cluster's API are needed. The service has to publish addresses that are not ready yet.
   */
  record Kubernetes(HostPort service) implements Discovery {}

  /** More members than this are not a cluster in one site. */
  int MAX_MEMBERS = 32;
}
