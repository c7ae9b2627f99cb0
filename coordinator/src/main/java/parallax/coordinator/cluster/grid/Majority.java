package parallax.coordinator.cluster.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;

/**
 * Whether there are enough members, as the list of members says at this moment. When members are
 * taken for gone, Hazelcast first shortens the list, then stops waiting for their backups, and only
 * a little later has its own protection notice: in between it would call safe what nobody else has.
 * So whoever relies on an answer asks here after it came.
 */
public record Majority(HazelcastInstance hazelcast, int quorum) {
  public boolean isThere() {
    return hazelcast.getCluster().getMembers().size() >= quorum;
  }

  /** Gives {@code answer} back, if there is a majority now that it has come. */
  public <T> T after(T answer) {
    if (!isThere()) {
      throw new IndeterminateOperationStateException("answered without a majority");
    }
    return answer;
  }
}
