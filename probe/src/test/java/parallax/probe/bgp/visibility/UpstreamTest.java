package parallax.probe.bgp.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;

/** Twenty voters at two collectors, whose ways to AS64500 move between AS64501 and AS64502. */
final class UpstreamTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final Cidr PREFIX = Cidr.parse("198.51.100.0/24");
  private static final int VOTERS = 20;

  private final RouteWatch watch =
      new RouteWatch(new RouteTable(TableLimits.DEFAULT), VisibilitySettings.DEFAULT);
  private Instant now = START;

  UpstreamTest() {
    watch.watch(PREFIX, List.of(64500L), START);
    // Both are known neighbours, so that neither is told as a new one.
    move(0, 3, 64502);
    move(3, VOTERS, 64501);
    pass(Duration.ofMinutes(1));
  }

  @Test
  void whatMostHaveByAnotherNeighbourForLongIsANotice() {
    pass(Duration.ofMinutes(1));
    Instant moved = now;
    move(6, VOTERS, 64502);
    assertThat(pass(Duration.ofMinutes(5))).isEmpty();
    List<RouteVerdict> told = pass(Duration.ofSeconds(5));
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).isInstanceOf(RouteVerdict.PathShifted.class);
    RouteVerdict.PathShifted shift = (RouteVerdict.PathShifted) told.getFirst();
    assertThat(shift.weight()).isEqualTo(RouteVerdict.Weight.NOTICE);
    assertThat(shift.since()).isBetween(moved, moved.plusSeconds(1));
    assertThat(shift.current()).containsEntry(64502L, 17);
    assertThat(shift.usual()).containsEntry(64502L, 3);
    assertThat(shift.moved()).isEqualTo(14);
    assertThat(pass(Duration.ofMinutes(10))).isEmpty();
  }

  @Test
  void itIsOverWhenFewAreLeftForLong() {
    move(6, VOTERS, 64502);
    pass(Duration.ofMinutes(6));
    move(15, VOTERS, 64501);
    assertThat(pass(Duration.ofMinutes(10))).as("nine moved are not few").isEmpty();
    move(6, 15, 64501);
    List<RouteVerdict> told = pass(Duration.ofMinutes(4));
    assertThat(told).hasSize(1);
    assertThat(((RouteVerdict.PathShifted) told.getFirst()).weight())
        .isEqualTo(RouteVerdict.Weight.OVER);
  }

  @Test
  void whatComesBackSoonIsNotTold() {
    for (int time = 0; time < 5; time++) {
      move(6, VOTERS, 64502);
      assertThat(pass(Duration.ofMinutes(4))).isEmpty();
      move(6, VOTERS, 64501);
      assertThat(pass(Duration.ofMinutes(1))).isEmpty();
    }
  }

  @Test
  void halfOfThemIsNotMost() {
    move(10, VOTERS, 64502);
    assertThat(pass(Duration.ofMinutes(10))).isEmpty();
  }

  private void move(int from, int until, int neighbour) {
    for (int voter = from; voter < until; voter++) {
      Peer peer = new Peer("rrc0" + voter % 2, "192.0.2." + voter, 100 + voter);
      String path = (100 + voter) + " " + neighbour + " 64500";
      watch.apply(new RouteEvent.Announced(now, peer, PREFIX, 0, Scenario.by(path)), now);
    }
  }

  /** What is told meanwhile, but for how far it is seen. */
  private List<RouteVerdict> pass(Duration time) {
    List<RouteVerdict> told = new ArrayList<>();
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
      watch.alive("rrc00", now);
      watch.alive("rrc01", now);
      told.addAll(watch.tick(now));
    }
    told.removeIf(verdict -> verdict instanceof RouteVerdict.Reached);
    return told;
  }
}
