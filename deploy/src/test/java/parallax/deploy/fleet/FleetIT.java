package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three coordinators and six probes at work. */
@ExtendWith(SharedFleet.class)
final class FleetIT {
  @Test
  void everyMemberIsReadyAndWhatEachProbeSeesIsRecorded(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    assertThat(Fleet.COORDINATORS).allMatch(fleet::isReady);
    assertThat(campaign.tables().observations().keySet()).containsAll(Fleet.PROBES);
    for (String member : Fleet.COORDINATORS) {
      assertThat(fleet.get(member, "/api/v1/targets"))
          .as("whoever is asked answers")
          .hasValueSatisfying(answer -> assertThat(answer.body()).contains("shop-1"));
    }
  }

  @Test
  void aFailureIsOneIncidentAndOneMessageAndItsEndIsOne(Campaign campaign) {
    long incidents = campaign.tables().incidents(Campaign.FAILING);
    campaign.turn();
    campaign.figure("told after (ms)", campaign.awaitTold().toMillis());
    campaign.turn();
    campaign.figure("end told after (ms)", campaign.awaitTold().toMillis());
    assertThat(campaign.tables().incidents(Campaign.FAILING)).isEqualTo(incidents + 1);
    campaign.verify();
    List<String> events =
        campaign.receiver().of(Campaign.FAILING).stream().map(Receiver.Told::event).toList();
    assertThat(events.subList(events.size() - 2, events.size())).containsExactly("down", "up");
  }

  @Test
  void aMemberLeavesAndJoinsWhileItWorks(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    String other = campaign.membersBut(campaign.leader()).getFirst();
    fleet.script("term", other);
    campaign.turn();
    campaign.awaitTold();
    fleet.start(other);
    fleet.awaitReady(other);
    campaign.turn();
    campaign.awaitTold();
    campaign.verify();
  }

  @Test
  void aRollingRestartLosesNothing(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    long epoch = campaign.tables().epoch();
    for (String member : Fleet.COORDINATORS) {
      fleet.script("term", member);
      campaign.turn();
      fleet.start(member);
      fleet.awaitReady(member);
      campaign.awaitTold();
    }
    assertThat(campaign.tables().epoch()).as("somebody else took over").isGreaterThan(epoch);
    campaign.verify();
  }

  @Test
  void probesGoOnWithoutCoordinatorsAndTellAllLater(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    for (String probe : Fleet.PROBES) {
      Fleet.COORDINATORS.forEach(member -> fleet.cut(probe, member));
    }
    Duration alone = Campaign.lasting(Duration.ofSeconds(5), Duration.ofMinutes(10));
    Awaitility.await().pollDelay(alone).atMost(alone.multipliedBy(2)).until(() -> true);
    fleet.heal();
    fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
    campaign.turn();
    campaign.awaitTold();
    campaign.verify();
  }
}
