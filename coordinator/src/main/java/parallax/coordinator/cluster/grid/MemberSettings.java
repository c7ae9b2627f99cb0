package parallax.coordinator.cluster.grid;

import parallax.config.secret.Secret;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.MemberCard;

/**
 * What a member of a cluster is started with.
 *
 * @param address where it listens for the others
 * @param name of the cluster, see {@link parallax.coordinator.cluster.discovery.ClusterName}
 * @param size how many members there are when all are: more than half of these are needed to work
 * @param card what it tells the others
 */
public record MemberSettings(
    MemberAddress address, Secret name, Discovery discovery, int size, MemberCard card) {
  public MemberSettings {
    if (size < 1 || size > Discovery.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "a cluster of " + size + " members; 1 to " + Discovery.MAX_MEMBERS);
    }
  }

  /** How many members make a majority. */
  public int quorum() {
    return size / 2 + 1;
  }
}
