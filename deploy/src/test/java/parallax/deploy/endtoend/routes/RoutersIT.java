package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.bgp.bmp.station.BmpStation;
import parallax.probe.bgp.bmp.station.StationSettings;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.rpki.rtr.RtrClient;
import parallax.probe.bgp.session.Neighbour;
import parallax.probe.bgp.session.PassiveSpeaker;
import parallax.probe.bgp.session.SessionSettings;
import parallax.probe.bgp.table.Holding;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.PeerStanding.Health;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.net.Cidr;

/** What GoBGP and FRR report of what ExaBGP announces, and what they announce to us themselves. */
@Timeout(180)
final class RoutersIT {
  private static final Cidr IPV4 = Cidr.parse("203.0.113.0/24");
  private static final Cidr IPV6 = Cidr.parse("2001:db8:1::/48");
  private static final String GOBGP = "lab-gobgp";
  private static final String FRR = "lab-frr";
  private static final String SESSIONS = PassiveSpeaker.NAME;

  @TempDir Path folder;

  private final Ears ears = new Ears();
  private RouteLab lab;
  private BmpStation station;
  private PassiveSpeaker speaker;

  @BeforeEach
  void start() throws IOException {
    lab = new RouteLab(folder.resolve("lab"));
    station = station();
    speaker = speaker();
    lab.up();
  }

  @AfterEach
  void stop() throws IOException {
    // Not started where a program is missing.
    if (lab != null) {
      station.close();
      speaker.close();
      lab.close();
    }
  }

  private BmpStation station() {
    StationSettings settings =
        new StationSettings(lab.station(), List.of(Cidr.parse("127.0.0.0/8")));
    BmpStation started = new BmpStation(settings, InstantSource.system());
    started.start(ears);
    return started;
  }

  private PassiveSpeaker speaker() {
    PassiveSpeaker started =
        new PassiveSpeaker(
            lab.speaker(),
            new SessionSettings(RouteLab.OURS, 0xc000_0209),
            List.of(
                new Neighbour(lab.at("0.1"), RouteLab.ROUTERS),
                new Neighbour(lab.at("0.2"), RouteLab.ROUTERS)),
            InstantSource.system());
    started.start(ears);
    return started;
  }

  @Test
  void aPrefixIsSeenGoneAndSeenAgainByAllThatTellOfIt() throws IOException {
    awaitSessions();
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    lab.script("announce", IPV6.toString());
    awaitHeld(IPV4, Holding.HAS);
    awaitHeld(IPV6, Holding.HAS);
    ears.awaitHolding(SESSIONS, lab.text("0.1"), IPV4, Holding.HAS);
    ears.awaitReach(IPV4, Reach.VISIBLE);
    assertThat(ears.peer(GOBGP, lab.text("1.2")).orElseThrow().peer().asn())
        .isEqualTo(RouteLab.SECOND);

    lab.script("withdraw", IPV4.toString(), "1");
    ears.awaitHolding(GOBGP, lab.text("1.1"), IPV4, Holding.HAS_NOT);
    assertThat(ears.holding(GOBGP, lab.text("1.2"), IPV4)).isEqualTo(Holding.HAS);
    lab.script("withdraw", IPV4.toString(), "2");
    awaitHeld(IPV4, Holding.HAS_NOT);
    ears.awaitHolding(SESSIONS, lab.text("0.1"), IPV4, Holding.HAS_NOT);
    ears.awaitReach(IPV4, Reach.WITHDRAWN);

    lab.script("announce", IPV4.toString());
    awaitHeld(IPV4, Holding.HAS);
    ears.awaitReach(IPV4, Reach.VISIBLE);
    assertThat(station.figures().malformed()).isZero();
    assertThat(speaker.figures().malformed()).isZero();
  }

  @Test
  void aSessionOfARouterThatEndsIsNoWithdrawal() throws IOException {
    awaitSessions();
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    awaitHeld(IPV4, Holding.HAS);
    ears.awaitReach(IPV4, Reach.VISIBLE);

    lab.script("peer-down");
    ears.awaitHolding(GOBGP, lab.text("1.1"), IPV4, Holding.UNKNOWN);
    assertThat(ears.peer(GOBGP, lab.text("1.1")).orElseThrow())
        .matches(standing -> !standing.up() && standing.peer().asn() == RouteLab.FIRST);
    lab.script("peer-up");
    ears.awaitHolding(GOBGP, lab.text("1.1"), IPV4, Holding.HAS);
    assertThat(ears.verdicts()).noneMatch(RoutersIT::isOutage);
    assertThat(ears.events()).noneMatch(event -> isWithdrawal(event, GOBGP));
  }

  @Test
  void routersConnectAgainAndTellEverythingAgain() throws IOException {
    awaitSessions();
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    awaitHeld(IPV4, Holding.HAS);
    ears.awaitHolding(SESSIONS, lab.text("0.1"), IPV4, Holding.HAS);
    ears.awaitReach(IPV4, Reach.VISIBLE);

    station.close();
    speaker.close();
    assertThat(ears.connections()).contains("lost " + GOBGP, "lost " + SESSIONS);
    assertThat(ears.holding(GOBGP, lab.text("1.1"), IPV4)).isEqualTo(Holding.UNKNOWN);
    assertThat(ears.holding(SESSIONS, lab.text("0.1"), IPV4)).isEqualTo(Holding.UNKNOWN);
    assertThat(ears.reach(IPV4)).isEqualTo(Reach.BLIND);

    station = station();
    speaker = speaker();
    awaitHeld(IPV4, Holding.HAS);
    ears.awaitHolding(SESSIONS, lab.text("0.1"), IPV4, Holding.HAS);
    ears.awaitReach(IPV4, Reach.VISIBLE);
    assertThat(ears.verdicts()).noneMatch(RoutersIT::isOutage);
    assertThat(ears.events()).noneMatch(event -> isWithdrawal(event, GOBGP));
  }

  @Test
  void frrIsHeardByBothWays() throws IOException {
    RouteLab.require("bgpd");
    lab.script("frr", "soft");
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    lab.script("announce", IPV6.toString());
    for (String neighbour : List.of("1.1", "1.2")) {
      ears.awaitHolding(FRR, lab.text(neighbour), IPV4, Holding.HAS);
      ears.awaitHolding(FRR, lab.text(neighbour), IPV6, Holding.HAS);
    }
    ears.awaitHolding(SESSIONS, lab.text("0.2"), IPV4, Holding.HAS);
    lab.script("withdraw", IPV4.toString());
    ears.awaitHolding(FRR, lab.text("1.1"), IPV4, Holding.HAS_NOT);
    ears.awaitHolding(SESSIONS, lab.text("0.2"), IPV4, Holding.HAS_NOT);
    assertThat(ears.peer(FRR, lab.text("1.1")))
        .map(PeerStanding::health)
        .isEqualTo(Optional.of(Health.SOUND));
  }

  @Test
  void announcementsThatFrrReportsAsWithdrawalsAreABrokenFeedAndNoOutage() throws IOException {
    RouteLab.require("bgpd");
    lab.script("frr", "hard");
    for (String neighbour : List.of("1.1", "1.2")) {
      ears.await(
          "the session of " + neighbour + " is up",
          heard -> heard.peer(FRR, lab.text(neighbour)).map(PeerStanding::up).orElse(false));
    }
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    lab.script("announce", IPV6.toString());
    lab.script("announce", "198.51.100.0/24");
    for (String neighbour : List.of("1.1", "1.2")) {
      ears.await(
          "the feed of " + neighbour + " is broken",
          heard ->
              heard
                  .peer(FRR, lab.text(neighbour))
                  .filter(standing -> standing.health() == Health.ONLY_WITHDRAWS)
                  .isPresent());
    }
    // Others tell that it is there.
    ears.awaitReach(IPV4, Reach.VISIBLE);
    assertThat(ears.verdicts()).noneMatch(RoutersIT::isOutage);
  }

  @Test
  void anAnnouncementTurnsInvalidWhenItsOriginDoes() throws IOException {
    RouteLab.require("stayrtr");
    lab.script("origin", String.valueOf(RouteLab.ORIGIN), IPV4.toString());
    awaitSessions();
    ears.watch(IPV4);
    lab.script("announce", IPV4.toString());
    ears.awaitReach(IPV4, Reach.VISIBLE);
    RtrClient.Listener payloads =
        new RtrClient.Listener() {
          @Override
          public void changed(Optional<VrpTable> now) {
            ears.payloads(now);
          }

          @Override
          public void interrupted(String reason) {}
        };
    try (RtrClient _ = RtrClient.start(lab.cache(), 1, InstantSource.system(), payloads)) {
      ears.await("the origin is valid", heard -> heard.isAllowed(IPV4));
      // The first verdict that takes it into account.
      ears.verdicts();
      lab.script("origin", "64666", IPV4.toString());
      ears.await(
          "the announcement is invalid",
          heard -> heard.verdicts().stream().anyMatch(RoutersIT::hasTurnedInvalid));
    }
  }

  private void awaitSessions() {
    for (String neighbour : List.of("1.1", "1.2")) {
      ears.await(
          "the session of " + neighbour + " is up",
          heard -> heard.peer(GOBGP, lab.text(neighbour)).map(PeerStanding::up).orElse(false));
    }
    ears.await(
        "the session with GoBGP is up",
        heard -> heard.peer(SESSIONS, lab.text("0.1")).map(PeerStanding::up).orElse(false));
  }

  private void awaitHeld(Cidr prefix, Holding holding) {
    ears.awaitHolding(GOBGP, lab.text("1.1"), prefix, holding);
    ears.awaitHolding(GOBGP, lab.text("1.2"), prefix, holding);
  }

  private static boolean isOutage(RouteVerdict verdict) {
    return verdict instanceof RouteVerdict.Reached reached
        && (reached.reach() == Reach.WITHDRAWN || reached.reach() == Reach.FALLBACK);
  }

  private static boolean isWithdrawal(RouteEvent event, String source) {
    return event instanceof RouteEvent.Withdrawn && event.peer().source().equals(source);
  }

  private static boolean hasTurnedInvalid(RouteVerdict verdict) {
    return verdict instanceof RouteVerdict.ValidityTurned turned
        && turned.before().equals(Optional.of(Validity.VALID))
        && turned.now().equals(Optional.of(Validity.INVALID));
  }
}
