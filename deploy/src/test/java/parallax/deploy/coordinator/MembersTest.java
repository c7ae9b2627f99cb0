package parallax.deploy.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.lead.LeadershipView;
import parallax.coordinator.view.Overview;

final class MembersTest {
  private static final MemberCard A = new MemberCard("a", "http://10.0.0.1:8080", "1");
  private static final MemberCard B = new MemberCard("b", "http://10.0.0.2:8080", "1");

  @Test
  void allThatArePresentAndWhoLeads() {
    assertThat(Members.of(new LeadershipView(List.of(A, B), Optional.of(B), true, 0)))
        .containsExactly(
            new Overview.Member("a", URI.create("http://10.0.0.1:8080"), "1", false),
            new Overview.Member("b", URI.create("http://10.0.0.2:8080"), "1", true));
  }

  @Test
  void nobodyLeadsWithoutAMajority() {
    assertThat(Members.of(new LeadershipView(List.of(A), Optional.empty(), false, 0)))
        .noneMatch(Overview.Member::leads);
  }

  @Test
  void whatIsNoUrlIsLeftOut() {
    MemberCard odd = new MemberCard("odd", "not a url", "1");
    assertThat(Members.of(new LeadershipView(List.of(odd, B), Optional.of(B), true, 0)))
        .extracting(Overview.Member::name)
        .containsExactly("b");
  }
}
