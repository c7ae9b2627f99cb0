package parallax.coordinator.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.observation.ProbeName;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.view.ProbeConnection;

final class UplinkServerTest {
  private static final long BOOT = TestProbe.BOOT;
  private final Uplink uplink = new Uplink();

  @AfterEach
  void close() {
    uplink.close();
  }

  @Test
  void aProbeIsWelcomedGivenItsTargetsAndAcknowledged() {
    TestProbe probe = uplink.connect("tokyo-1").hello();
    assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Welcome.class);
    CoordinatorFrame.Assignment assignment = (CoordinatorFrame.Assignment) probe.next();
    assertThat(assignment.revision()).isEqualTo(Uplink.REVISION);
    assertThat(assignment.targets().stream().map(Target::name))
        .containsExactly(new TargetName("shop"), new TargetName("desk"));
    probe.send(
        new ProbeFrame.AssignmentAccepted(
            Uplink.REVISION, List.of(new ProbeFrame.NotSupported("desk", "no"))));
    probe.observe("shop", 0, 9);
    assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(BOOT, 0, 9));
    assertThat(uplink.intake.size()).isEqualTo(10);
    Waiting.until("all steps", () -> uplink.steps.size() == 3);
    assertThat(uplink.steps)
        .containsExactly("coordinator.received", "coordinator.stored", "coordinator.acked");
  }

  @Test
  void whatIsShownOfAProbeIsWhatItSaid() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    probe.send(new ProbeFrame.AssignmentAccepted(Uplink.REVISION, List.of()));
    Waiting.until(
        "a clock and an assignment",
        () ->
            uplink.server.probes().stream()
                .anyMatch(each -> each.clock().isPresent() && each.accepted().isPresent()));
    ProbeConnection shown = uplink.server.probes().getFirst();
    assertThat(shown.vantage().probe()).isEqualTo(new ProbeName("tokyo-1"));
    assertThat(shown.address()).contains("127.0.0.1");
    assertThat(shown.coordinator()).isEqualTo("c1");
    assertThat(shown.software()).isEqualTo("Parallax 0.1.0");
    assertThat(shown.accepted()).contains(Uplink.REVISION);
    assertThat(shown.spool()).contains(new ProbeFrame.Spooled(7, 1_400));
    assertThat(shown.state()).isEqualTo(ProbeConnection.State.OPEN);
    assertThat(shown.clock().orElseThrow().ahead().abs()).isLessThan(Duration.ofSeconds(1));
    assertThat(uplink.intake.beats()).isNotEmpty();
    probe.close();
    Waiting.until(
        "it is gone", () -> uplink.server.probes().stream().allMatch(ProbeConnection::isGone));
    assertThat(uplink.server.probes()).hasSize(1);
    uplink.connect("tokyo-1").welcome();
    assertThat(uplink.server.probes()).hasSize(1);
  }

  @Test
  void nobodyIsLetInWithoutAGoodToken() {
    assertThat(TestProbe.refusal(uplink.way(), Optional.empty())).isEqualTo(401);
    assertThat(TestProbe.refusal(uplink.way(), Optional.of("nonsense"))).isEqualTo(401);
    assertThat(TestProbe.refusal(uplink.way(), Optional.of("a b"))).isEqualTo(401);
    assertThat(uplink.counted("parallax_uplink_handshakes_refused_total", "nobody")).isEqualTo(3);
    assertThat(uplink.counted("parallax_uplink_streams_total")).isZero();
  }

  @Test
  void aTokenSpeaksForNoOtherProbe() {
    TestProbe rogue = uplink.connect("tokyo-1").hello("tokyo-2");
    assertThat(rogue.refused().why()).isEqualTo(Refused.Why.IDENTITY);
    rogue.awaitClosed();
    TestProbe later = uplink.connect("tokyo-1").welcome();
    later.send(uplink.connect("tokyo-2").observations("shop", 0, 1));
    assertThat(later.refused().why()).isEqualTo(Refused.Why.IDENTITY);
    later.awaitClosed();
    assertThat(uplink.intake.size()).isZero();
    assertThat(uplink.counted("parallax_uplink_refused_total", "identity")).isEqualTo(2);
  }

  @Test
  void whatIsNotAssignedIsAcknowledgedAndThrownAway() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    probe.observe("elsewhere", 0, 3);
    assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(BOOT, 0, 3));
    assertThat(uplink.intake.size()).isZero();
    assertThat(uplink.counted("parallax_uplink_observations_total", "not_assigned")).isEqualTo(4);
  }

  @Test
  void whatOthersMayHaveAssignedIsTakenInWhileThisMemberIsKnownToBeLate() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    uplink.outdated.set(true);
    probe.observe("of-a-later-assignment", 0, 3);
    assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(BOOT, 0, 3));
    assertThat(uplink.intake.size()).isEqualTo(4);
    assertThat(uplink.counted("parallax_uplink_observations_total", "not_assigned")).isZero();
  }

  @Test
  void aReplayedStreamIsAcknowledgedAndCountsOnce() {
    for (int time = 0; time < 3; time++) {
      TestProbe probe = uplink.connect("tokyo-1").welcome();
      probe.observe("shop", 0, 99);
      assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(BOOT, 0, 99));
      probe.close();
    }
    assertThat(uplink.intake.size()).isEqualTo(100);
  }

  @Test
  void aTokenThatIsTakenBackEndsItsStream() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    TestProbe other = uplink.connect("tokyo-2").welcome();
    uplink.tokens.takeBack("tokyo-1");
    assertThat(probe.refused().why()).isEqualTo(Refused.Why.REVOKED);
    probe.awaitClosed();
    assertThat(TestProbe.refusal(uplink.way(), KnownTokens.of("tokyo-1"))).isEqualTo(401);
    other.observe("shop", 0, 0);
    assertThat(other.next()).isInstanceOf(CoordinatorFrame.Ack.class);
  }

  @Test
  void whatIsTooLargeOrNoFrameEndsTheStreamOfWhoSentIt() {
    TestProbe large = uplink.connect("tokyo-1").welcome();
    large.send(new byte[300 * 1024]);
    assertThat(large.refused().why()).isEqualTo(Refused.Why.TOO_LARGE);
    large.awaitClosed();
    TestProbe huge = uplink.connect("tokyo-2").welcome();
    huge.send(new byte[4 * 1024 * 1024]);
    huge.awaitClosed();
    TestProbe garbage = uplink.connect("tokyo-3").welcome();
    garbage.send(new byte[] {1, 2, 3, 4});
    assertThat(garbage.refused().why()).isEqualTo(Refused.Why.MALFORMED);
    garbage.awaitClosed();
    TestProbe text = uplink.connect("tokyo-4").welcome();
    text.socket().writeTextMessage("{}");
    assertThat(text.refused().why()).isEqualTo(Refused.Why.MALFORMED);
    text.awaitClosed();
    TestProbe early = uplink.connect("tokyo-5");
    early.observe("shop", 0, 0);
    assertThat(early.refused().why()).isEqualTo(Refused.Why.MALFORMED);
    assertThat(uplink.intake.size()).isZero();
  }

  @Test
  void whoSaysNothingIsAskedToLeave() {
    TestProbe silent = uplink.connect("tokyo-1");
    assertThat(silent.refused().text()).contains("no Hello");
    silent.awaitClosed();
  }

  @Test
  void whatIsNotTakenInIsNotAcknowledgedAndTheProbeComesAgain() {
    uplink.intake.answering(
        CompletableFuture.completedFuture(new Receipt.KeepThem(Receipt.Why.NO_QUORUM)));
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    probe.observe("shop", 0, 9);
    assertThat(probe.refused().why()).isEqualTo(Refused.Why.BUSY);
    probe.awaitClosed();
    assertThat(uplink.counted("parallax_uplink_observations_total", "kept")).isEqualTo(10);
    assertThat(uplink.counted("parallax_uplink_acks_total")).isZero();
  }

  @Test
  void anotherRunIsRefusedWhileTheOldOneAnswers() {
    TestProbe old = uplink.connect("tokyo-1").welcome();
    TestProbe newcomer =
        TestProbe.connect(uplink.way(), "tokyo-1", KnownTokens.of("tokyo-1"), BOOT + 1).hello();
    assertThat(newcomer.refused().why()).isEqualTo(Refused.Why.DUPLICATE);
    newcomer.awaitClosed();
    old.observe("shop", 0, 0);
    assertThat(old.next()).isInstanceOf(CoordinatorFrame.Ack.class);
    assertThat(uplink.counted("parallax_uplink_duplicates_total", "refused")).isEqualTo(1);
  }

  @Test
  void anotherRunTakesThePlaceOfOneThatDoesNotAnswer() {
    TestProbe dead = uplink.connect("tokyo-1").welcome().mute();
    TestProbe newcomer =
        TestProbe.connect(uplink.way(), "tokyo-1", KnownTokens.of("tokyo-1"), BOOT + 1).welcome();
    assertThat(dead.refused().why()).isEqualTo(Refused.Why.DUPLICATE);
    dead.awaitClosed();
    assertThat(uplink.server.probes()).hasSize(1);
    assertThat(uplink.server.probes().getFirst().boot()).isEqualTo(BOOT + 1);
    newcomer.observe("shop", 0, 0);
    assertThat(newcomer.next()).isInstanceOf(CoordinatorFrame.Ack.class);
  }

  @Test
  void theSameRunTakesItsOwnPlaceAtOnce() {
    TestProbe old = uplink.connect("tokyo-1").welcome();
    TestProbe again = uplink.connect("tokyo-1").welcome();
    assertThat(old.refused().why()).isEqualTo(Refused.Why.DUPLICATE);
    old.awaitClosed();
    again.observe("shop", 0, 0);
    assertThat(again.next()).isInstanceOf(CoordinatorFrame.Ack.class);
    assertThat(
            uplink
                .server
                .holdsOnTo(new Claim(new ProbeName("tokyo-1"), BOOT, java.time.Instant.EPOCH))
                .toCompletableFuture()
                .join())
        .isFalse();
    assertThat(again.refused().why()).isEqualTo(Refused.Why.DUPLICATE);
  }

  @Test
  void aNewAssignmentAndALookAgainReachTheProbe() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    uplink.server.assign(Uplink.REVISION + 1, List.of(UplinkSamples.target("new")));
    CoordinatorFrame.Assignment next = (CoordinatorFrame.Assignment) probe.next();
    assertThat(next.revision()).isEqualTo(Uplink.REVISION + 1);
    // What was assigned before counts until the next change.
    probe.observe("shop", 0, 0);
    assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Ack.class);
    assertThat(uplink.intake.size()).isEqualTo(1);
    uplink.server.assign(Uplink.REVISION + 2, List.of(UplinkSamples.target("new")));
    assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Assignment.class);
    probe.observe("shop", 1, 1);
    assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Ack.class);
    assertThat(uplink.intake.size()).isEqualTo(1);
    TargetName target = new TargetName("new");
    ProbeName here = new ProbeName("tokyo-1");
    assertThat(uplink.server.lookAgain(target, CheckKind.TCP, here, Duration.ZERO)).isTrue();
    assertThat(probe.next())
        .isEqualTo(new CoordinatorFrame.LookAgain(target, CheckKind.TCP, Duration.ZERO));
    ProbeName gone = new ProbeName("tokyo-2");
    assertThat(uplink.server.lookAgain(target, CheckKind.TCP, gone, Duration.ZERO)).isFalse();
  }

  @Test
  void whomToListenToIsToldToThoseWhoLookAtRoutes() {
    TestProbe probe = uplink.connect("tokyo-1").welcome();
    RouteWatching watching =
        new RouteWatching(
            List.of(SourceSpec.RisLive.USUAL),
            List.of(new Document.InFile(Path.of("/var/lib/tables"))),
            RouteWatching.Rpki.NONE,
            RouteLimits.USUAL,
            List.of());
    Target plain = UplinkSamples.target("shop");
    uplink.server.assign(Uplink.REVISION + 1, List.of(plain), watching);
    assertThat(((CoordinatorFrame.Assignment) probe.next()).routes()).isEmpty();
    Target routed =
        new Target(
            plain.name(),
            plain.url(),
            plain.labels(),
            plain.interval(),
            plain.from(),
            List.of(
                new BgpSpec(
                    "shop.example",
                    BgpSpec.RoutePolicy.LEARNT,
                    Naming.SYSTEM,
                    Duration.ofSeconds(5))));
    uplink.server.assign(Uplink.REVISION + 2, List.of(routed), watching);
    assertThat(((CoordinatorFrame.Assignment) probe.next()).routes())
        .contains(RouteWatching.NONE.and(List.of(SourceSpec.RisLive.USUAL)));
  }

  @Test
  void fiveHundredProbesComeAtOnce() {
    List<CompletableFuture<TestProbe>> coming = new ArrayList<>();
    TestProbe.Way way = uplink.way();
    for (int number = 0; number < 500; number++) {
      String name = "p" + number;
      coming.add(
          CompletableFuture.supplyAsync(
              () -> TestProbe.connect(way, name, KnownTokens.of(name)).hello(),
              Thread::startVirtualThread));
    }
    List<TestProbe> probes = coming.stream().map(CompletableFuture::join).toList();
    probes.forEach(
        probe -> {
          assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Welcome.class);
          assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Assignment.class);
          probe.observe("shop", 0, 99);
        });
    probes.forEach(
        probe -> assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(BOOT, 0, 99)));
    assertThat(uplink.intake.size()).isEqualTo(50_000);
    assertThat(uplink.server.probes()).hasSize(500);
    uplink.server.close();
    probes.forEach(
        probe -> {
          assertThat(probe.refused().why()).isEqualTo(Refused.Why.CLOSING);
          probe.awaitClosed();
        });
  }
}
