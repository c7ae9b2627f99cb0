package parallax.deploy.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that die between two steps lose nothing and tell nothing twice. */
@EnabledIfSystemProperty(named = Campaign.PROPERTY, matches = Campaign.ASKED)
@ExtendWith(SharedFleet.class)
final class KillsIT {
  private static final List<String> PROBE_STEPS =
      List.of(
          "probe.made",
          "probe.appended",
          "probe.synced",
          "probe.sent",
          "probe.acked",
          "probe.trimmed");

  private static final List<String> UPLINK_STEPS =
      List.of("coordinator.received", "coordinator.stored", "coordinator.acked");

  /** Those that only the leader passes, and only when there is something to tell. */
  private static final List<String> LEADER_STEPS =
      List.of(
          "coordinator.decided",
          "coordinator.committed",
          "coordinator.claimed",
          "coordinator.sent",
          "coordinator.marked");

  private static final Duration DIES = Duration.ofSeconds(60);

  /** How far from its start, or from now, a step is the last one. */
  private static final int MAX_PASSINGS = 5;

  @Test
  void aProbeKilledAtAnyStepLosesNothing(Campaign campaign) {
    int kills = 0;
    for (int round = 0; round < Campaign.rounds(1, 50); round++) {
      for (int half = 0; half < 2; half++) {
        killProbes(campaign, round, half);
        kills += 3;
      }
    }
    campaign.figure("kills of probes", kills);
    campaign.verify();
  }

  /** One of each region, each at another step. */
  private static void killProbes(Campaign campaign, int round, int half) {
    Fleet fleet = campaign.fleet();
    List<String> victims = new ArrayList<>();
    for (int region = 0; region < 3; region++) {
      String victim = "p" + (region * 2 + half + 1);
      String step = PROBE_STEPS.get((region * 2 + half + round) % PROBE_STEPS.size());
      fleet.halt(victim, step, 1 + campaign.draw(MAX_PASSINGS));
      victims.add(victim);
    }
    for (String victim : victims) {
      fleet.awaitEnd(victim, DIES);
      campaign.remember(victim);
    }
    fleet.start(victims.toArray(String[]::new));
    fleet.awaitArrivals(campaign.tables(), victims);
  }

  @Test
  void aCoordinatorKilledAtAStepOfTheUplinkLosesNothing(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    int kills = 0;
    for (int round = 0; round < Campaign.rounds(1, 30); round++) {
      for (String step : UPLINK_STEPS) {
        String victim = Fleet.COORDINATORS.get(kills % Fleet.COORDINATORS.size());
        fleet.halt(victim, step, 1 + campaign.draw(MAX_PASSINGS));
        fleet.awaitEnd(victim, DIES);
        fleet.start(victim);
        fleet.awaitReady(victim);
        // Probes come back to it, or the step would not be passed the next time.
        fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
        kills++;
      }
    }
    campaign.figure("kills of coordinators at the uplink", kills);
    campaign.verify();
  }

  @Test
  void aLeaderKilledAtAnyStepLosesNoAlertAndDoublesNone(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    long slowest = 0;
    int kills = 0;
    for (int round = 0; round < Campaign.rounds(1, 30); round++) {
      for (String step : LEADER_STEPS) {
        String leader = campaign.leader();
        fleet.halt(leader, step, 1);
        campaign.turn();
        fleet.awaitEnd(leader, DIES);
        slowest = Math.max(slowest, campaign.awaitTold().toMillis());
        fleet.start(leader);
        fleet.awaitReady(leader);
        kills++;
      }
    }
    campaign.figure("kills of leaders", kills);
    campaign.figure("slowest message after a kill (ms)", slowest);
    campaign.verify();
  }

  @Test
  void twoOfThreeKilledAtOnceLoseNothing(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    for (int round = 0; round < Campaign.rounds(1, 20); round++) {
      String leader = campaign.leader();
      List<String> others = campaign.membersBut(leader);
      // Every second time the leader is the one that is left.
      Set<String> victims = new TreeSet<>(others);
      if (round % 2 == 0) {
        victims.remove(others.get(campaign.draw(2)));
        victims.add(leader);
      }
      campaign.turn();
      fleet.kill(victims.toArray(String[]::new));
      fleet.start(victims.toArray(String[]::new));
      fleet.awaitReady(Fleet.COORDINATORS.toArray(String[]::new));
      campaign.awaitTold();
    }
    campaign.figure("rounds of two of three killed", Campaign.rounds(1, 20));
    campaign.verify();
  }

  @Test
  void aDatabaseThatStopsAtOnceLosesNothing(Campaign campaign) {
    Fleet fleet = campaign.fleet();
    for (int round = 0; round < Campaign.rounds(1, 10); round++) {
      campaign.turn();
      if (round % 2 == 1) {
        campaign.awaitTold();
      }
      fleet.script("pgstop", "immediate");
      fleet.script("pgstart");
      campaign.awaitTold();
      fleet.awaitArrivals(campaign.tables(), Fleet.PROBES);
    }
    campaign.figure("database stopped at once", Campaign.rounds(1, 10));
    campaign.verify();
  }
}
