package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A leader that stands still, clocks that are wrong, a disk that is full. */
@EnabledIfSystemProperty(named = Campaign.PROPERTY, matches = Campaign.ASKED)
@ExtendWith(SharedFleet.class)
final class PausesIT {
  private static final Duration BRIEF = Duration.ofSeconds(14);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final String FULL_DISK = "p4";

  @Test
  void aLeaderThatStoodStillIsNotListenedToAnyMore(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    for (int round = 0; round < Campaign.rounds(1, 50); round++) {
      String leader = campaign.leader();
      long epoch = campaign.tables().epoch();
      fleet.script("stop", leader);
      campaign.turn();
      pass(Campaign.isRepeated() ? PAUSE : BRIEF);
      campaign.awaitTold();
      fleet.script("cont", leader);
      assertThat(campaign.tables().epoch()).as("another took over").isGreaterThan(epoch);
      campaign.turn();
      campaign.awaitTold();
      assertThat(campaign.leader()).as("who records").isNotEqualTo(leader);
      fleet.awaitReady(leader);
    }
    campaign.verify();
  }

  @Test
  void aWrongClockChangesNothing(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    campaign.awaitLeader(Fleet.CLOCK_MEMBER);
    fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
    long epoch = campaign.tables().epoch();
    long unknowns = campaign.tables().unknowns(Campaign.CONTROLS);
    for (String wrong : List.of("+600", "-600")) {
      fleet.script("clock", Fleet.CLOCK_MEMBER, wrong);
      fleet.script("clock", Fleet.CLOCK_PROBE, wrong);
      fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
      campaign.turn();
      campaign.awaitTold();
      campaign.turn();
      campaign.awaitTold();
      fleet.script("clock", Fleet.CLOCK_MEMBER, "+0");
      fleet.script("clock", Fleet.CLOCK_PROBE, "+0");
      fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
      assertThat(campaign.tables().epoch()).as("nobody took over").isEqualTo(epoch);
      assertThat(campaign.tables().unknowns(Campaign.CONTROLS)).isEqualTo(unknowns);
    }
    campaign.verify();
  }

  @Test
  void aProbeWhoseDiskWasFullGoesOnByItself(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    fleet.script("term", FULL_DISK);
    fleet.script("disk", FULL_DISK, "16m");
    fleet.start(FULL_DISK);
    fleet.awaitArrivals(campaign.tables(), List.of(FULL_DISK));
    fleet.script("fill", FULL_DISK);
    pass(Campaign.lasting(Duration.ofSeconds(5), Duration.ofMinutes(2)));
    campaign.turn();
    campaign.awaitTold();
    fleet.script("free", FULL_DISK);
    fleet.awaitArrivals(campaign.tables(), List.of(FULL_DISK));
    assertThat(fleet.runs(FULL_DISK)).isTrue();
    // What could not be kept was not acknowledged, and may be missing.
    campaign.passOver(FULL_DISK);
    campaign.verify();
  }

  private static void pass(Duration time) {
    Awaitility.await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
  }
}
