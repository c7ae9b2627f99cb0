package parallax.probe.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.bmp.BmpMessage.RouteMonitoring;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.Holding;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.PeerStanding.Health;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

final class RouterViewTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Cidr IPV4 = Cidr.parse("203.0.113.0/24");
  private static final Cidr IPV6 = Cidr.parse("2001:db8:1::/48");
  private static final Peer PEER = new Peer("192.0.2.254", "192.0.2.1", 64501);
  private static final PathAttributes WAY =
      new PathAttributes(
          PathAttributes.Origin.IGP,
          AsPath.of(AsPath.SEQUENCE, 1, 64501),
          Optional.empty(),
          List.of(),
          Optional.empty());

  private final RouterView view = new RouterView("192.0.2.254", 2);

  @Test
  void aRouteThatIsReportedThreeTimesCountsOnce() {
    List<RouteEvent> events = Captures.read(Captures.own("lab.gobgp310-all.bmp"), 4096).events();
    assertThat(counts(events))
        .isEqualTo(Map.of("PeerUp", 2L, "Announced", 6L, "Withdrawn", 3L, "PeerDown", 2L));
    assertThat(events).noneMatch(event -> event.peer().address().equals("loc-rib"));
  }

  @Test
  void aSessionThatEndsWithoutTheNumberOfItsPeerIsStillThatOfThePeer() {
    List<RouteEvent> events = Captures.read(Captures.own("lab.gobgp310-all.bmp"), 4096).events();
    assertThat(events)
        .filteredOn(RouteEvent.PeerDown.class::isInstance)
        .extracting(RouteEvent::peer)
        .containsExactly(
            new Peer("parallax-lab", "10.99.1.1", 64501),
            new Peer("parallax-lab", "10.99.1.2", 4_200_000_002L));
  }

  @Test
  void peersThatWereNeverUpAreNotTold() {
    List<RouteEvent> events = Captures.read(Captures.own("lab.frr844-soft.bmp"), 4096).events();
    // Four were reported: two of them before anything was up.
    assertThat(counts(events)).containsEntry("PeerDown", 2L).containsEntry("PeerUp", 4L);
    assertThat(events.getFirst()).isInstanceOf(RouteEvent.PeerUp.class);
  }

  @Test
  void announcementsReportedAsWithdrawalsAreABrokenFeedAndNoRouteIsLost() {
    RouteTable table = table("lab.frr844-nosoft.bmp", false);
    assertThat(table.peers()).extracting(PeerStanding::health).containsOnly(Health.ONLY_WITHDRAWS);
    assertThat(table.peers()).extracting(PeerStanding::announced).containsOnly(0L);
  }

  @Test
  void withWhatThePeersSentTheFeedIsSound() {
    RouteTable table = table("lab.frr844-soft.bmp", false);
    assertThat(table.peers()).extracting(PeerStanding::health).containsOnly(Health.SOUND);
    assertThat(table.routes(IPV4)).singleElement().extracting("peer.asn").isEqualTo(64501L);
  }

  /** A table that has heard a stream, up to the end of the sessions or beyond it. */
  private static RouteTable table(String name, boolean beyond) {
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    for (RouteEvent event : Captures.read(Captures.own(name), 4096).events()) {
      if (beyond || !(event instanceof RouteEvent.PeerDown)) {
        table.apply(event, NOW);
      }
    }
    return table;
  }

  @Test
  void whatThePeerSentTakesOverFromWhatPolicyLeft() {
    List<RouteEvent> events = take(View.POST_POLICY, announce(IPV4));
    assertThat(events).containsExactly(announced(IPV4));
    assertThat(take(View.PRE_POLICY, announce(IPV4)))
        .containsExactly(new RouteEvent.PeerUp(NOW, PEER), announced(IPV4));
    assertThat(take(View.POST_POLICY, withdraw(IPV4))).isEmpty();
    assertThat(take(View.PRE_POLICY, withdraw(IPV4))).containsExactly(withdrawn(IPV4));
  }

  @Test
  void eachFamilyHasAViewOfItsOwn() {
    assertThat(take(View.PRE_POLICY, announce(IPV6))).containsExactly(announced(IPV6));
    assertThat(take(View.POST_POLICY, announce(IPV4))).containsExactly(announced(IPV4));
    // Telling the session anew would lose the other family, which nobody tells again.
    assertThat(take(View.PRE_POLICY, withdraw(IPV4))).isEmpty();
    assertThat(take(View.PRE_POLICY, announce(IPV4))).containsExactly(announced(IPV4));
    assertThat(take(View.POST_POLICY, announce(IPV4))).isEmpty();
  }

  @Test
  void whatTheRouterSendsOnIsNothingThatItHeard() {
    assertThat(take(View.OUT_PRE_POLICY, announce(IPV4))).isEmpty();
    assertThat(take(View.OUT_POST_POLICY, announce(IPV4))).isEmpty();
  }

  @Test
  void theOwnTableCountsWhileNoPeerIsToldOf() {
    Peer own = new Peer("192.0.2.254", "loc-rib", 64500);
    RouteEvent route = new RouteEvent.Announced(NOW, own, IPV4, 0, WAY);
    assertThat(take(View.LOC_RIB, announce(IPV4))).containsExactly(route);
    assertThat(take(View.PRE_POLICY, announce(IPV4)))
        .containsExactly(new RouteEvent.PeerDown(NOW, own), announced(IPV4));
    assertThat(take(View.LOC_RIB, announce(IPV6))).isEmpty();
  }

  @Test
  void peersOfFamiliesThatAreNotReadLeaveTheOwnTableItsPlace() {
    Update other = new Update(List.of(), List.of(), Optional.empty(), 1);
    assertThat(take(View.PRE_POLICY, other)).isEmpty();
    assertThat(take(View.LOC_RIB, announce(IPV4))).hasSize(1);
  }

  @Test
  void theEndOfATableIsToldWhateverViewMarksIt() {
    take(View.PRE_POLICY, announce(IPV4));
    Update end = new Update(List.of(), List.of(), Optional.of(Family.IPV4), 0);
    assertThat(take(View.POST_POLICY, end))
        .containsExactly(new RouteEvent.EndOfTable(NOW, PEER, false));
  }

  @Test
  void theEndOfTheConnectionTakesNothingBackButEndsAllSessions() {
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    take(View.PRE_POLICY, announce(IPV4)).forEach(event -> table.apply(event, NOW));
    assertThat(table.holding(PEER, IPV4)).isEqualTo(Holding.HAS);
    view.end(NOW).forEach(event -> table.apply(event, NOW));
    assertThat(table.holding(PEER, IPV4)).isEqualTo(Holding.UNKNOWN);
    assertThat(view.end(NOW)).isEmpty();
  }

  @Test
  void peersAreBounded() {
    take(View.PRE_POLICY, announce(IPV4));
    take(View.LOC_RIB, announce(IPV4));
    PeerKey third = new PeerKey(PeerKey.DISTINGUISHED, 7, PEER_KEY.address());
    assertThat(take(header(third, View.PRE_POLICY), announce(IPV4))).hasSize(1);
    PeerKey fourth = new PeerKey(PeerKey.DISTINGUISHED, 8, PEER_KEY.address());
    assertThat(take(header(fourth, View.PRE_POLICY), announce(IPV4))).isEmpty();
    assertThat(view.refused()).isEqualTo(1);
  }

  @Test
  void theNameOfAPeerTellsItsInstance() {
    IpAddress address = PEER_KEY.address();
    assertThat(new PeerKey(PeerKey.DISTINGUISHED, 0x0000_fbf4_0000_0007L, address))
        .hasToString("64500:7 192.0.2.1");
    assertThat(new PeerKey(PeerKey.DISTINGUISHED, 0x0001_c000_0201_0007L, address))
        .hasToString("192.0.2.1:7 192.0.2.1");
    assertThat(new PeerKey(PeerKey.DISTINGUISHED, 0x0002_fa56_ea02_0007L, address))
        .hasToString("4200000002:7 192.0.2.1");
    assertThat(new PeerKey(PeerKey.LOC_RIB, 0x0000_fbf4_0000_0007L, IpAddress.ipv4(0)))
        .hasToString("64500:7 loc-rib");
  }

  private static final PeerKey PEER_KEY =
      new PeerKey(PeerKey.GLOBAL, 0, IpAddress.ipv4(0xc000_0201));
  private static final PeerKey OWN_KEY = new PeerKey(PeerKey.LOC_RIB, 0, IpAddress.ipv4(0));

  private static PeerHeader header(PeerKey key, View view) {
    long asn = view == View.LOC_RIB ? 64500 : 64501;
    return new PeerHeader(key, view, false, false, asn, 1, Optional.of(NOW));
  }

  private List<RouteEvent> take(View of, Update update) {
    return take(header(of == View.LOC_RIB ? OWN_KEY : PEER_KEY, of), update);
  }

  private List<RouteEvent> take(PeerHeader header, Update update) {
    return view.take(new RouteMonitoring(header, new Understood(update, List.of())), NOW);
  }

  private static Update announce(Cidr prefix) {
    return new Update(
        List.of(),
        List.of(new Announcement(WAY, List.of(new Route(prefix, 0)))),
        Optional.empty(),
        0);
  }

  private static Update withdraw(Cidr prefix) {
    return new Update(List.of(new Route(prefix, 0)), List.of(), Optional.empty(), 0);
  }

  private static RouteEvent announced(Cidr prefix) {
    return new RouteEvent.Announced(NOW, PEER, prefix, 0, WAY);
  }

  private static RouteEvent withdrawn(Cidr prefix) {
    return new RouteEvent.Withdrawn(NOW, PEER, prefix, 0);
  }

  private static Map<String, Long> counts(List<RouteEvent> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                event -> event.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
  }
}
