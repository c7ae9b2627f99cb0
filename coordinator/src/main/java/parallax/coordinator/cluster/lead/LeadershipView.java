package parallax.coordinator.cluster.lead;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.cluster.discovery.MemberCard;

/**
 * How the cluster looks from here.
 *
 * @param members that are present, oldest first, this one among them
 * @param leader the member that leads, where there is a majority; may be this one
 * @param majority whether there are enough members to work, and all is set up
 * @param partitionsLost how many parts of the shared memory were lost with all their copies, since
 *     the start
 */
public record LeadershipView(
    List<MemberCard> members, Optional<MemberCard> leader, boolean majority, long partitionsLost) {
  public LeadershipView {
    members = List.copyOf(members);
  }
}
