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

    @Override
    public List<HostPort> places() {
      return members;
    }
  }

  /**
   * All addresses of a name (A and AAAA), one port. Such a name is a headless service of
   * Kubernetes: no rights to ask the API of Kubernetes are needed, but the service has to publish
   * addresses that are not ready yet.
   */
  record Name(HostPort name) implements Discovery {
    @Override
    public List<HostPort> places() {
      return List.of(name);
    }
  }

  /** More members than this are not a cluster in one site. */
  int MAX_MEMBERS = 32;

  /** Where members are, by address or by name: one at an address, any number at a name. */
  List<HostPort> places();
}
