package parallax.probe.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.fault.Steps;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.config.wire.WireLimits;

/** The uplink with a coordinator that speaks the wire form over a real WebSocket. */
final class UplinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long BOOT = 1_000;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ConcurrentLinkedQueue<List<Target>> assigned = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<TargetName> again = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeCoordinator coordinator = new FakeCoordinator(vertx);

  private final Work work =
      new Work() {
        @Override
        public void assign(List<Target> targets, Optional<RouteWatching> routes) {
          assigned.add(targets);
        }

        @Override
        public void lookAgain(TargetName target, CheckKind check, Duration after) {
          again.add(target);
        }
      };

  @BeforeEach
  void giveToken() {
    Uplinks.token(folder, "pxt_one");
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Uplink start(long boot, FakeCoordinator... others) throws IOException {
    Uplink uplink = openOnly(boot, others);
    uplink.start(work);
    return uplink;
  }

  private Uplink openOnly(long boot, FakeCoordinator... others) throws IOException {
    List<Integer> ports = new ArrayList<>(List.of(coordinator.port()));
    Arrays.stream(others).map(FakeCoordinator::port).forEach(ports::add);
    Uplink uplink =
        Uplink.open(
            Uplinks.settings(folder, boot),
            Uplinks.ground(
                vertx, folder, ports.stream().map(Uplinks::url).toList(), Steps.UNWATCHED));
    open.add(uplink);
    return uplink;
  }

  private static void offer(Uplink uplink, long boot, int from, int to) {
    IntStream.range(from, to).forEach(n -> uplink.offer(Uplinks.observation(boot, n)));
  }

  private static List<String> names(long boot, int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> Uplinks.name(boot, n)).toList();
  }

  private static void until(org.assertj.core.api.ThrowableAssert.ThrowingCallable holds) {
    Awaitility.await().atMost(PATIENCE).untilAsserted(holds::call);
  }

  @Test
  void handsOverWhatItSawAndForgetsWhatIsSafe() throws IOException {
    Uplink uplink = start(BOOT);
    offer(uplink, BOOT, 0, 500);
    until(
        () -> {
          assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 500));
          assertThat(uplink.status().spool().observations()).isZero();
        });
    assertThat(coordinator.received().values()).containsOnly(1);
    ProbeFrame.Hello hello = coordinator.frames(ProbeFrame.Hello.class).getFirst();
    assertThat(hello.vantage()).isEqualTo(Uplinks.TOKYO);
    assertThat(hello.boot()).isEqualTo(BOOT);
    assertThat(hello.assignment()).isEmpty();
    assertThat(coordinator.authorizations()).containsOnly("Bearer pxt_one");
    assertThat(uplink.status().drops()).isEmpty();
    until(() -> assertThat(uplink.status().connected()).isTrue());
  }

  @Test
  void worksByAnAssignmentInPartsAndKeepsItForTheNextStart() throws Exception {
    List<Target> targets =
        IntStream.range(0, 40).mapToObj(n -> Uplinks.target("target-" + n)).toList();
    coordinator.assigning(7, targets, 400);
    Uplink uplink = start(BOOT);
    until(() -> assertThat(assigned).containsExactly(targets));
    until(
        () ->
            assertThat(coordinator.frames(ProbeFrame.AssignmentAccepted.class))
                .containsExactly(new ProbeFrame.AssignmentAccepted(7, List.of())));
    uplink.close();
    assertThat(Uplinks.keep(folder).read().targets()).isEqualTo(targets);
    start(BOOT + 1);
    until(
        () ->
            assertThat(coordinator.frames(ProbeFrame.Hello.class).getLast().assignment())
                .isEqualTo(Optional.of(7L)));
  }

  @Test
  void answersPingsAndLooksAgain() throws IOException {
    coordinator.afterWelcome(
        socket -> {
          FakeCoordinator.say(socket, FakeCoordinator.ping(42));
          FakeCoordinator.say(
              socket,
              new CoordinatorFrame.LookAgain(new TargetName("shop"), CheckKind.TCP, Duration.ZERO));
        });
    start(BOOT);
    until(() -> assertThat(again).contains(new TargetName("shop")));
    until(
        () ->
            assertThat(coordinator.frames(ProbeFrame.Pong.class))
                .anySatisfy(
                    pong -> {
                      assertThat(pong.id()).isEqualTo(42);
                      assertThat(pong.sent()).isAfterOrEqualTo(pong.received());
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"opened", "hello", "welcomed", "accepted", "observations", "stored", "acked"})
  void losesNothingWhenTheStreamBreaksAtAnyStep(String point) throws IOException {
    coordinator.assigning(1, List.of(Uplinks.target("shop")), 10_000);
    AtomicInteger times = new AtomicInteger();
    coordinator.goingOn(at -> !at.equals(point) || times.incrementAndGet() % 3 == 0);
    Uplink uplink = start(BOOT);
    offer(uplink, BOOT, 0, 300);
    until(
        () -> {
          assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 300));
          assertThat(uplink.status().spool().observations()).isZero();
        });
    assertThat(uplink.status().drops()).isEmpty();
    until(() -> assertThat(uplink.status().counts().failures()).isPositive());
  }

  @Test
  void goesOnWithTheNextCoordinator() throws IOException {
    FakeCoordinator second = new FakeCoordinator(vertx);
    open.add(second);
    coordinator.afterWelcome(
        socket -> FakeCoordinator.say(socket, new Refused(Refused.Why.CLOSING, "restart")));
    Uplink uplink = start(BOOT, second);
    offer(uplink, BOOT, 0, 100);
    until(() -> assertThat(second.received().keySet()).containsAll(names(BOOT, 0, 100)));
  }

  @Test
  void handsOverLaterWhatItSawWhenNobodyListened() throws IOException {
    int port = coordinator.port();
    coordinator.close();
    Uplink uplink = start(BOOT);
    offer(uplink, BOOT, 0, 2_000);
    until(() -> assertThat(uplink.status().spool().observations()).isEqualTo(2_000));
    uplink.close();
    Uplink next = start(BOOT + 5);
    coordinator =
        new FakeCoordinator(vertx, new io.vertx.core.http.HttpServerOptions().setPort(port));
    open.add(coordinator);
    offer(next, BOOT + 5, 0, 50);
    until(
        () -> {
          assertThat(coordinator.received().keySet())
              .containsAll(names(BOOT, 0, 2_000))
              .containsAll(names(BOOT + 5, 0, 50));
          assertThat(next.status().spool().observations()).isZero();
        });
  }

  @Test
  void sendsNewObservationsBeforeTheBacklog() throws IOException {
    coordinator.admitting(_ -> false);
    Uplink first = start(BOOT);
    offer(first, BOOT, 0, 5_000);
    until(() -> assertThat(first.status().spool().observations()).isEqualTo(5_000));
    first.close();
    coordinator.admitting(_ -> true);
    coordinator.limiting(new Limits(64 * 1024, 100, 2_000, 200));
    Uplink second = start(BOOT + 1);
    until(() -> assertThat(coordinator.frames(ProbeFrame.Observations.class)).isNotEmpty());
    offer(second, BOOT + 1, 0, 100);
    until(() -> assertThat(coordinator.received().keySet()).containsAll(names(BOOT + 1, 0, 100)));
    assertThat(coordinator.received().size()).isLessThan(5_000);
    until(() -> assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 5_000)));
  }

  @Test
  void keepsToWhatTheCoordinatorTakes() throws IOException {
    coordinator.limiting(new Limits(64 * 1024, 10, 10_000, 35));
    coordinator.acknowledging(false);
    Uplink uplink = start(BOOT);
    until(() -> assertThat(uplink.status().connected()).isTrue());
    offer(uplink, BOOT, 0, 500);
    until(() -> assertThat(uplink.status().unacknowledged()).isEqualTo(35));
    assertThat(coordinator.received()).hasSizeLessThanOrEqualTo(35);
    assertThat(coordinator.sizes()).allMatch(size -> size <= 10);
    // Without acks the coordinator is left, and all of it is sent again.
    until(() -> assertThat(coordinator.frames(ProbeFrame.Hello.class)).hasSizeGreaterThan(1));
    coordinator.acknowledging(true);
    until(
        () -> {
          assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 500));
          assertThat(uplink.status().spool().observations()).isZero();
        });
  }

  @Test
  void leavesACoordinatorThatIsSilentOrSpeaksNonsense() throws IOException {
    AtomicInteger turn = new AtomicInteger();
    coordinator.afterWelcome(
        socket -> {
          switch (turn.getAndIncrement()) {
            case 0 -> socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3, 4}));
            case 1 -> socket.writeTextMessage("hello");
            case 2 -> socket.writeBinaryMessage(Buffer.buffer(new byte[5 * 1024 * 1024]));
            case 3 ->
                FakeCoordinator.say(
                    socket, new CoordinatorFrame.Welcome(1, FakeCoordinator.LIMITS));
            default -> {}
          }
        });
    Uplink uplink = start(BOOT);
    // Each is left for another try; the fifth says nothing at all, and is left as well.
    until(() -> assertThat(coordinator.frames(ProbeFrame.Hello.class)).hasSizeGreaterThan(5));
    offer(uplink, BOOT, 0, 10);
    until(() -> assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 10)));
  }

  @Test
  void passesOverFramesOfANewerCoordinator() throws IOException {
    // Field 99 of a oneof that this version does not know.
    byte[] newer = {(byte) 0x9a, 0x06, 0x01, 0x00};
    coordinator.afterWelcome(socket -> socket.writeBinaryMessage(Buffer.buffer(newer)));
    Uplink uplink = start(BOOT);
    until(() -> assertThat(uplink.status().counts().newer()).isPositive());
    offer(uplink, BOOT, 0, 10);
    until(() -> assertThat(coordinator.received()).hasSize(10));
  }

  @Test
  void showsANewTokenWithoutARestart() throws IOException {
    coordinator.admitting("Bearer pxt_two"::equals);
    Uplink uplink = start(BOOT);
    offer(uplink, BOOT, 0, 10);
    until(() -> assertThat(coordinator.authorizations()).contains("Bearer pxt_one"));
    Uplinks.token(folder, "pxt_two");
    until(() -> assertThat(coordinator.received()).hasSize(10));
    assertThat(coordinator.authorizations())
        .containsSubsequence("Bearer pxt_one", "Bearer pxt_two");
  }

  @Test
  void isNotDrownedByAFloodOfFrames() throws IOException {
    int flood = 5_000;
    coordinator.afterWelcome(
        socket ->
            IntStream.range(0, flood)
                .forEach(id -> FakeCoordinator.say(socket, FakeCoordinator.ping(id))));
    start(BOOT);
    until(
        () ->
            assertThat(coordinator.frames(ProbeFrame.Pong.class))
                .hasSizeGreaterThanOrEqualTo(flood));
    assertThat(
            coordinator.frames(ProbeFrame.Pong.class).stream()
                .limit(flood)
                .map(ProbeFrame.Pong::id))
        .isEqualTo(LongStream.range(0, flood).boxed().toList());
  }

  @Test
  void takesAnAssignmentOfFramesThatComeInPieces() throws IOException {
    List<Target> targets =
        IntStream.range(0, 30_000).mapToObj(n -> Uplinks.target("target-" + n)).toList();
    coordinator.assigning(8, targets, WireLimits.MAX_COORDINATOR_FRAME_BYTES);
    start(BOOT);
    until(() -> assertThat(assigned).hasSize(1));
    assertThat(assigned.element()).isEqualTo(targets);
  }

  @Test
  void neverMakesAnEventLoopWaitButCountsWhatFindsNoRoom() throws IOException {
    Uplink uplink = openOnly(BOOT);
    offer(uplink, BOOT, 0, Inbox.MAX_OBSERVATIONS + 50);
    uplink.start(work);
    until(() -> assertThat(coordinator.received()).hasSize(Inbox.MAX_OBSERVATIONS));
    Dropped kind = new Dropped(Priority.ROUTINE, DropCause.BOUND);
    until(
        () ->
            assertThat(coordinator.frames(ProbeFrame.Drops.class))
                .last()
                .satisfies(drops -> assertThat(drops.counts()).containsEntry(kind, 50L)));
  }

  @Test
  void endsWithEverythingHandedOverAndAGoodbye() throws IOException {
    Uplink uplink = start(BOOT);
    until(() -> assertThat(uplink.status().connected()).isTrue());
    offer(uplink, BOOT, 0, 1_000);
    uplink.close();
    assertThat(coordinator.received().keySet()).containsAll(names(BOOT, 0, 1_000));
    until(() -> assertThat(coordinator.frames().getLast()).isInstanceOf(ProbeFrame.Bye.class));
  }
}
