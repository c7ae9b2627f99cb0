package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Packets that do not pass: verdicts are right or unknown, nothing is told twice, and decisions are
 * made again soon after the cut has healed.
 */
@EnabledIfSystemProperty(named = Campaign.PROPERTY, matches = Campaign.ASKED)
@ExtendWith(SharedFleet.class)
final class CutsIT {
  private static final int ROUNDS = 30;

  /** Longer than members wait for one another. */
  private static final Duration BRIEF = Duration.ofSeconds(13);

  private static final Duration LONG = Duration.ofSeconds(40);

  @Test
  void aProbeCutFromCoordinatorsKeepsWhatItSeesUntilItCanTell(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    for (int round = 0; round < Campaign.rounds(1, ROUNDS); round++) {
      String probe = Fleet.PROBES.get(campaign.draw(Fleet.PROBES.size()));
      Fleet.COORDINATORS.forEach(member -> fleet.cut(probe, member));
      campaign.turn();
      last(campaign);
      campaign.awaitTold();
      healed(campaign);
      fleet.awaitArrivals(campaign.tables(), List.of(probe));
    }
    campaign.verify();
  }

  @Test
  void aMemberCutFromTheOthersBothWaysTellsNothingTwice(Campaign campaign) {
    cuts(campaign, member -> campaign.membersBut(member).forEach(o -> cut(campaign, member, o)));
  }

  @Test
  void aMemberWhomTheOthersDoNotHearTellsNothingTwice(Campaign campaign) {
    cuts(
        campaign,
        member ->
            campaign
                .membersBut(member)
                .forEach(other -> campaign.fleet().cut(member, other, "oneway")));
  }

  @Test
  void aMemberWhoDoesNotHearTheOthersTellsNothingTwice(Campaign campaign) {
    cuts(
        campaign,
        member ->
            campaign
                .membersBut(member)
                .forEach(other -> campaign.fleet().cut(other, member, "oneway")));
  }

  @Test
  void aMemberCutFromTheOthersAndTheDatabaseStopsToDecide(Campaign campaign) {
    cuts(
        campaign,
        member -> {
          campaign.membersBut(member).forEach(other -> cut(campaign, member, other));
          cut(campaign, member, "db");
        });
  }

  private static void cut(Campaign campaign, String one, String other) {
    campaign.fleet().cut(one, other);
  }

  /** The leader and another one in turn. */
  private static void cuts(Campaign campaign, Consumer<String> cut) {
    for (int round = 0; round < Campaign.rounds(1, ROUNDS); round++) {
      String leader = campaign.leader();
      String victim = round % 2 == 0 ? leader : campaign.membersBut(leader).get(campaign.draw(2));
      cut.accept(victim);
      campaign.turn();
      last(campaign);
      campaign.awaitTold();
      healed(campaign);
    }
    campaign.verify();
  }

  private static void last(Campaign campaign) {
    Duration most = Campaign.lasting(BRIEF, LONG);
    Duration lasts = Campaign.lasting(BRIEF, Duration.ofSeconds(1 + campaign.draw(40)));
    Awaitility.await().pollDelay(lasts).atMost(most.multipliedBy(2)).until(() -> true);
  }

  /** What turns at the moment of healing is told in time. */
  private static void healed(Campaign campaign) {
    campaign.fleet().heal();
    campaign.turn();
    Duration took = campaign.awaitTold();
    campaign.figure("decided after healing (ms)", took.toMillis());
    assertThat(took).isLessThan(Campaign.RECOVERED);
  }
}
