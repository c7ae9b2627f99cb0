package parallax.probe.bgp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

final class RouteTableTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final Peer PEER = new Peer("rrc00", "192.0.2.1", 3303);
  private static final Cidr PREFIX = Cidr.parse("198.51.100.0/24");

  private final RouteTable table = new RouteTable(TableLimits.DEFAULT);
  private Instant now = START;

  @Test
  void aSecondAnnouncementTakesThePlaceOfTheFirst() {
    assertThat(announce(PREFIX, 0, 3303, 1299, 64511)).isEqualTo(Change.NEW);
    assertThat(announce(PREFIX, 0, 3303, 1299, 64511)).isEqualTo(Change.SAME);
    assertThat(announce(PREFIX, 0, 3303, 174, 64511)).isEqualTo(Change.REPLACED);
    assertThat(table.routes(PREFIX))
        .containsExactly(new RouteTable.Route(PEER, 0, path(3303, 174, 64511)));
    assertThat(table.paths()).isEqualTo(1);
  }

  @Test
  void severalPathsOfOnePeerComeAndGoAlone() {
    assertThat(announce(PREFIX, 7, 3303, 1, 9)).isEqualTo(Change.NEW);
    assertThat(announce(PREFIX, 8, 3303, 2, 9)).isEqualTo(Change.ADDED);
    assertThat(withdraw(PREFIX, 0)).isEqualTo(Change.NEVER_HAD);
    assertThat(withdraw(PREFIX, 7)).isEqualTo(Change.ONE_LESS);
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.HAS);
    assertThat(withdraw(PREFIX, 8)).isEqualTo(Change.GONE);
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.HAS_NOT);
    assertThat(table.prefixes(false)).isZero();
    assertThat(table.paths()).isZero();
  }

  @Test
  void aSessionThatEndsTakesNothingAwayButIsUnknown() {
    announce(PREFIX, 0, 3303, 64511);
    table.apply(new RouteEvent.PeerDown(now, PEER));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.UNKNOWN);
    assertThat(table.routes(PREFIX)).isEmpty();
    assertThat(table.covering(PREFIX)).containsExactly(PREFIX);
    assertThat(withdraw(Cidr.parse("203.0.113.0/24"), 0)).isEqualTo(Change.NEVER_HAD);
    assertThat(table.peer(PEER).map(PeerStanding::up)).contains(false);
  }

  @Test
  void aTableThatIsStillOnTheWayHasNotLostWhatItHasNotYetTold() {
    announce(PREFIX, 0, 3303, 64511);
    table.apply(new RouteEvent.PeerDown(now, PEER));
    table.apply(new RouteEvent.PeerUp(now, PEER));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.UNKNOWN);
    table.apply(new RouteEvent.EndOfTable(now, PEER, true));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.UNKNOWN);
    table.apply(new RouteEvent.EndOfTable(now, PEER, false));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.HAS_NOT);
    assertThat(table.prefixes(false)).isZero();
  }

  @Test
  void aTableThatNeverEndsHasItsTime() {
    announce(PREFIX, 0, 3303, 64511);
    table.apply(new RouteEvent.PeerUp(now, PEER));
    table.expire(now.plus(TableLimits.DEFAULT.refresh()).minusSeconds(1));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.UNKNOWN);
    table.expire(now.plus(TableLimits.DEFAULT.refresh()));
    assertThat(table.holding(PEER, PREFIX)).isEqualTo(Holding.HAS_NOT);
  }

  @Test
  void aPeerThatIsGoneForLongIsForgotten() {
    announce(PREFIX, 0, 3303, 64511);
    table.apply(new RouteEvent.PeerDown(now, PEER));
    table.expire(now.plus(TableLimits.DEFAULT.gone()));
    assertThat(table.peers()).isEmpty();
    assertThat(table.prefixes(false)).isZero();
    assertThat(table.paths()).isZero();
  }

  @Test
  void aPeerKeepsItsPlaceWhenAMessageLeavesOutItsNumber() {
    announce(PREFIX, 0, 3303, 64511);
    table.apply(new RouteEvent.PeerDown(now, new Peer("rrc00", "192.0.2.1", 0)));
    assertThat(table.peers()).hasSize(1);
    assertThat(table.peers().getFirst().peer()).isEqualTo(PEER);
    assertThat(table.peers().getFirst().up()).isFalse();
  }

  @Test
  void aFeedThatOnlyWithdrawsIsBroken() {
    table.apply(new RouteEvent.PeerUp(now, PEER));
    for (int prefix = 0; prefix < PeerState.MIN_ONLY_WITHDRAWN; prefix++) {
      assertThat(health()).isEqualTo(PeerStanding.Health.SOUND);
      withdraw(Cidr.parse("10." + prefix + ".0.0/16"), 0);
    }
    assertThat(health()).isEqualTo(PeerStanding.Health.ONLY_WITHDRAWS);
    announce(PREFIX, 0, 3303, 64511);
    assertThat(health()).isEqualTo(PeerStanding.Health.SOUND);
  }

  @Test
  void aFeedThatWithdrawsWhatItNeverHadIsBroken() {
    table.apply(new RouteEvent.PeerUp(now, PEER));
    announce(PREFIX, 0, 3303, 64511);
    for (int prefix = 0; prefix < PeerState.MIN_NEVER_HAD; prefix++) {
      withdraw(Cidr.parse("10." + prefix + ".0.0/16"), 0);
    }
    assertThat(health()).isEqualTo(PeerStanding.Health.WITHDRAWS_UNKNOWN);
  }

  @Test
  void aStreamWithoutATableMayWithdrawWhatWasNotHeard() {
    for (int prefix = 0; prefix < 200; prefix++) {
      withdraw(Cidr.parse("10." + prefix + ".0.0/16"), 0);
    }
    assertThat(health()).isEqualTo(PeerStanding.Health.SOUND);
  }

  @Test
  void findsWhatHoldsAnAddressAndWhatLiesInside() {
    announce(Cidr.parse("129.134.0.0/17"), 0, 3303, 32934);
    announce(Cidr.parse("129.134.30.0/23"), 0, 3303, 32934);
    announce(Cidr.parse("129.134.30.0/24"), 0, 3303, 32934);
    Cidr address = Cidr.parse("129.134.30.12");
    assertThat(table.longestMatch(address)).contains(Cidr.parse("129.134.30.0/24"));
    withdraw(Cidr.parse("129.134.30.0/24"), 0);
    withdraw(Cidr.parse("129.134.30.0/23"), 0);
    assertThat(table.longestMatch(address)).contains(Cidr.parse("129.134.0.0/17"));
    announce(Cidr.parse("129.134.64.0/24"), 0, 3303, 666);
    assertThat(table.moreSpecific(Cidr.parse("129.134.0.0/17"), 10))
        .containsExactly(Cidr.parse("129.134.64.0/24"));
  }

  @Test
  void whatIsOverABoundIsRefusedAndCounted() {
    TableLimits small = new TableLimits(2, 1, 2, 2, Duration.ZERO, Duration.ZERO);
    RouteTable bounded = new RouteTable(small);
    assertThat(bounded.apply(announced(PEER, PREFIX, 1, path(1)))).isEqualTo(Change.NEW);
    assertThat(bounded.apply(announced(PEER, PREFIX, 2, path(2)))).isEqualTo(Change.ADDED);
    assertThat(bounded.apply(announced(PEER, PREFIX, 3, path(2)))).isEqualTo(Change.REFUSED);
    Cidr second = Cidr.parse("10.0.0.0/8");
    assertThat(bounded.apply(announced(PEER, second, 0, path(3)))).isEqualTo(Change.REFUSED);
    assertThat(bounded.prefixes(false)).isEqualTo(1);
    assertThat(bounded.apply(announced(PEER, second, 0, path(2)))).isEqualTo(Change.NEW);
    assertThat(bounded.apply(announced(PEER, Cidr.parse("11.0.0.0/8"), 0, path(2))))
        .isEqualTo(Change.REFUSED);
    Peer other = new Peer("rrc01", "192.0.2.9", 1);
    assertThat(bounded.apply(announced(other, PREFIX, 0, path(2)))).isEqualTo(Change.REFUSED);
    assertThat(bounded.refused()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdsWhatAPlainMapHolds(long seed) {
    Random random = new Random(seed);
    Map<String, AsPath> plain = new TreeMap<>();
    List<Peer> peers = List.of(PEER, new Peer("rrc00", "192.0.2.2", 2), new Peer("b", "::1", 3));
    for (int round = 0; round < 20_000; round++) {
      Peer peer = peers.get(random.nextInt(peers.size()));
      Cidr prefix = Cidr.parse("10." + random.nextInt(30) + ".0.0/" + (16 + random.nextInt(2)));
      long id = random.nextInt(3);
      String key = peer.address() + " " + prefix + " " + id;
      AsPath path = path(1 + random.nextInt(40), random.nextInt(3));
      if (random.nextInt(3) > 0) {
        table.apply(announced(peer, prefix, id, path));
        plain.put(key, path);
      } else {
        Change change = table.apply(new RouteEvent.Withdrawn(now, peer, prefix, id));
        assertThat(change == Change.NEVER_HAD).isEqualTo(plain.remove(key) == null);
      }
      if (round % 1_000 == 0) {
        agree(plain, prefix);
      }
    }
    assertThat(table.paths()).isEqualTo(plain.values().stream().distinct().count());
  }

  private void agree(Map<String, AsPath> plain, Cidr prefix) {
    Map<String, AsPath> held = new TreeMap<>();
    for (RouteTable.Route route : table.routes(prefix)) {
      held.put(route.peer().address() + " " + prefix + " " + route.pathId(), route.path());
    }
    Map<String, AsPath> wanted = new TreeMap<>(plain);
    wanted.keySet().removeIf(key -> !key.contains(" " + prefix + " "));
    assertThat(held).isEqualTo(wanted);
  }

  private PeerStanding.Health health() {
    return table.peer(PEER).orElseThrow().health();
  }

  private Change announce(Cidr prefix, long pathId, int... path) {
    now = now.plusSeconds(1);
    return table.apply(announced(PEER, prefix, pathId, path(path)));
  }

  private Change withdraw(Cidr prefix, long pathId) {
    now = now.plusSeconds(1);
    return table.apply(new RouteEvent.Withdrawn(now, PEER, prefix, pathId));
  }

  private RouteEvent announced(Peer peer, Cidr prefix, long pathId, AsPath path) {
    return new RouteEvent.Announced(now, peer, prefix, pathId, attributes(path));
  }

  private static PathAttributes attributes(AsPath path) {
    return new PathAttributes(
        PathAttributes.Origin.IGP, path, Optional.empty(), List.of(), Optional.empty());
  }

  private static AsPath path(int... numbers) {
    int[] words = new int[numbers.length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = numbers.length;
    System.arraycopy(numbers, 0, words, 2, numbers.length);
    return AsPath.of(words);
  }
}
