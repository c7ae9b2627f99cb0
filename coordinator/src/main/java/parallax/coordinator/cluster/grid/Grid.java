package parallax.coordinator.cluster.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.cluster.discovery.PrivateAddresses;
import parallax.coordinator.cluster.pack.Wire;

/** Starts Hazelcast, unless that would be unsafe. */
public final class Grid {
  private Grid() {}

  /**
   * Joins the cluster, or begins one.
   *
   * @throws IllegalArgumentException with words for people, when it would be unsafe
   * @throws IllegalStateException when it cannot run, such as when the port is taken
   */
  public static HazelcastInstance start(MemberSettings settings, long id, List<Wire<?>> wires) {
    Optional<String> objection = PrivateAddresses.objection(settings.address().address());
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
    SerialFilter.install();
    GridLogs.install();
    HazelcastInstance hazelcast;
    try {
      hazelcast = Hazelcast.newHazelcastInstance(GridConfig.of(settings, id, wires));
    } catch (HazelcastException e) {
      throw new IllegalStateException("cannot join on " + settings.address(), e);
    }
    Address bound = hazelcast.getCluster().getLocalMember().getAddress();
    if (!bound.getHost().equals(settings.address().host())
        || bound.getPort() != settings.address().port()) {
      hazelcast.getLifecycleService().terminate();
      throw new IllegalStateException("asked for " + settings.address() + ", got " + bound);
    }
    return hazelcast;
  }
}
