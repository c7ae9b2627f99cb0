package parallax.coordinator.cluster.lead;

import java.util.Optional;
import parallax.coordinator.cluster.discovery.MemberCard;

/** Is told who leads: in turn, on one thread, on which nothing else of the cluster waits. */
public interface LeadershipListener {
  /** This member leads from now on; takes over what the one before it held. */
  void lead(Term term);

  /**
   * This member does not lead any more, or never did.
   *
   * @param leader where there is one; the member itself is never told as such
   */
  void follow(Optional<MemberCard> leader);
}
