package parallax.probe.bgp.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parallax.config.routes.RouteLimits;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.net.Cidr;

/** A source on a virtual clock: what it says, and what is made of that. */
class WatchedRoutesTest {
  private static final String LIVE = "live";
  private static final String PREFIX = "198.51.100.0/24";
  private static final Cidr WATCHED = Cidr.parse(PREFIX);
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");

  private final WatchedRoutes routes =
      new WatchedRoutes(TableLimits.DEFAULT, VisibilitySettings.DEFAULT);
  private final List<RouteVerdict> told = new ArrayList<>();
  private Instant now = START;

  @Test
  void aSourceThatIsNotHeardYetIsBlindAndOneThatSpeaksIsNot() {
    routes.add(LIVE);
    routes.want(Wanted.of(List.of(WATCHED)), now);
    seconds(1, false);
    assertThat(routes.snapshot(now).blind()).isTrue();
    hear(Peers.announce(now, PREFIX, 64500));
    seconds(1, true);
    RouteSnapshot snapshot = routes.snapshot(now);
    assertThat(snapshot.blind()).isFalse();
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
    assertThat(standing().normal()).containsExactly(64500L);
    assertThat(standing().reached().tally().seeing()).isEqualTo(Peers.COUNT);
    assertThat(snapshot.sources().get(LIVE))
        .isEqualTo(
            new RouteSnapshot.SourceState(true, Peers.COUNT, 0, 0, Collections.emptySortedMap()));
  }

  @Test
  void aPeerThatOnlyWithdrawsIsNamedAsABrokenFeed() {
    visible();
    List<RouteEvent> table = new ArrayList<>();
    table.add(new RouteEvent.PeerUp(now, Peers.peer(Peers.COUNT)));
    for (int block = 0; block < 200; block++) {
      Cidr prefix = Cidr.parse("10." + block + ".0.0/16");
      table.add(new RouteEvent.Withdrawn(now, Peers.peer(Peers.COUNT), prefix, 0));
    }
    hear(table);
    seconds(1, true);
    assertThat(routes.snapshot(now).sources().get(LIVE))
        .satisfies(
            state -> {
              assertThat(state.unsound()).isEqualTo(1);
              assertThat(state.broken())
                  .containsValue(PeerStanding.Health.ONLY_WITHDRAWS)
                  .hasSize(1);
            });
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
  }

  @Test
  void aWithdrawalIsToldWithItsMemoryOfWhoseItWas() {
    visible();
    hear(Peers.withdraw(now, PREFIX, 1, Peers.COUNT));
    seconds(400, true);
    assertThat(reach()).isEqualTo(Reach.WITHDRAWN);
    assertThat(standing().normal()).containsExactly(64500L);
    hear(Peers.announce(now, PREFIX, 64500));
    seconds(400, true);
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
    assertThat(told.stream().map(verdict -> ((RouteVerdict.Reached) verdict).reach()).distinct())
        .containsExactly(Reach.VISIBLE, Reach.WITHDRAWN, Reach.RECOVERING);
  }

  @Test
  void aLostConnectionIsBlindAtOnceAndNoWithdrawal() {
    visible();
    routes.lost(LIVE, LIVE);
    seconds(1, false);
    assertThat(routes.snapshot(now).blind()).isTrue();
    assertThat(reach()).isEqualTo(Reach.BLIND);
    seconds(600, false);
    assertThat(reach()).isEqualTo(Reach.BLIND);
    routes.connected(LIVE, LIVE);
    seconds(1, false);
    assertThat(reach()).as("connected, and nothing heard").isEqualTo(Reach.BLIND);
    seconds(1, true);
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
    assertThat(routes.snapshot(now).blind()).isFalse();
    assertThat(told)
        .noneMatch(it -> it instanceof RouteVerdict.Reached r && r.reach() == Reach.WITHDRAWN);
  }

  @Test
  void oneCollectorOfASourceMayBeLostAlone() {
    visible();
    routes.lost(LIVE, "rrc01");
    routes.alive(LIVE, "rrc00", now);
    routes.tick(now);
    assertThat(standing().reached().tally().known()).isEqualTo(Peers.COUNT / 2);
    assertThat(routes.snapshot(now).blind()).isFalse();
    assertThat(reach()).isNotIn(Reach.BLIND, Reach.WITHDRAWN, Reach.PARTIAL);
  }

  @Test
  void silenceIsBlindThoughTheConnectionStands() {
    visible();
    seconds(62, false);
    assertThat(reach()).isEqualTo(Reach.BLIND);
    assertThat(routes.snapshot(now).blind()).isTrue();
  }

  @Test
  void aStoredTableIsKnownAndIsNoSignOfLife() {
    routes.add(LIVE);
    for (RouteEvent event : Peers.announce(now, PREFIX, 64500)) {
      RouteEvent.Announced it = (RouteEvent.Announced) event;
      routes.stored(
          new RouteEvent.Listed(it.at(), it.peer(), it.prefix(), 0, it.attributes()), now);
    }
    routes.want(Wanted.of(List.of(WATCHED)), now);
    seconds(1, false);
    assertThat(reach()).isEqualTo(Reach.BLIND);
    routes.alive(LIVE, "rrc00", now);
    routes.alive(LIVE, "rrc01", now);
    routes.tick(now);
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
    Cidr address = Cidr.parse("198.51.100.7/32");
    assertThat(routes.match(List.of(address, Cidr.parse("203.0.113.7/32"))))
        .containsOnly(
            Map.entry(
                address,
                new WatchedRoutes.Match(WATCHED, Peers.COUNT, Peers.COUNT, List.of(64500L))));
  }

  @Test
  void aForeignOriginIsOpenUntilItIsOver() {
    visible();
    hear(Peers.announce(now, PREFIX, 64666, 0, 6));
    seconds(10, true);
    assertThat(standing().foreign()).hasSize(1);
    assertThat(standing().foreign().getFirst().origin()).isEqualTo(64666);
    assertThat(standing().normal()).containsExactly(64500L);
    hear(Peers.announce(now, PREFIX, 64500, 0, 6));
    seconds(300, true);
    assertThat(standing().foreign()).isEmpty();
  }

  @Test
  void whatIsNotWantedAnyMoreIsForgotten() {
    visible();
    routes.want(Wanted.of(List.of(Cidr.parse("203.0.113.0/24"))), now);
    seconds(1, true);
    assertThat(routes.snapshot(now).of(WATCHED)).isEmpty();
    assertThat(routes.snapshot(now).prefixes()).hasSize(1);
  }

  @Test
  void aSourceThatIsTakenAwayLeavesNothingFresh() {
    visible();
    routes.remove(LIVE);
    routes.tick(now);
    assertThat(routes.snapshot(now).sources()).isEmpty();
    assertThat(routes.snapshot(now).blind()).isTrue();
  }

  @Test
  void theUsualLimitsAreThoseOfTheWatch() {
    assertThat(Limits.of(RouteLimits.USUAL)).isEqualTo(VisibilitySettings.DEFAULT);
  }

  @Test
  void whatConcernsWhatIsWantedCoversItOrLiesInIt() {
    Wanted wanted = Wanted.of(List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("2001:db8:1::/48")));
    assertThat(List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.7.0/24", "2001:db8::/32", "::/0"))
        .allMatch(text -> wanted.concerns(Cidr.parse(text)));
    assertThat(List.of("10.2.0.0/16", "10.0.0.0/16", "2001:db8:2::/48", "192.0.2.0/24"))
        .noneMatch(text -> wanted.concerns(Cidr.parse(text)));
  }

  private void visible() {
    routes.add(LIVE);
    routes.want(Wanted.of(List.of(WATCHED)), now);
    hear(Peers.announce(now, PREFIX, 64500));
    seconds(5, true);
    assertThat(reach()).isEqualTo(Reach.VISIBLE);
  }

  private void hear(List<RouteEvent> events) {
    routes.heard(LIVE, events, now);
  }

  private void seconds(int count, boolean alive) {
    for (int second = 0; second < count; second++) {
      now = now.plusSeconds(1);
      if (alive) {
        routes.alive(LIVE, LIVE, now);
      }
      told.addAll(routes.tick(now));
    }
  }

  private RouteSnapshot.Standing standing() {
    return routes.snapshot(now).of(WATCHED).orElseThrow();
  }

  private Reach reach() {
    return standing().reached().reach();
  }
}
