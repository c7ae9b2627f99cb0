package parallax.deploy.coordinator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.lead.LeadershipView;
import parallax.coordinator.view.Overview;

/** The members of a cluster as they are shown. */
final class Members {
  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private Members() {}

  /** Those that are present, oldest first. What one says of itself that is no URL is left out. */
  static List<Overview.Member> of(LeadershipView view) {
    List<Overview.Member> members = new ArrayList<>();
    for (MemberCard card : view.members()) {
      try {
        members.add(
            new Overview.Member(
                card.name(),
                new URI(card.http()),
                card.version(),
                view.leader().filter(card::equals).isPresent()));
      } catch (URISyntaxException e) {
        LOG.warn("member={} page=unusable why=\"{}\"", card.name(), e.getReason());
      }
    }
    return List.copyOf(members);
  }
}
