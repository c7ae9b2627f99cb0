package parallax.probe.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.probe.uplink.session.UplinkState.Open;
import parallax.probe.uplink.session.UplinkState.Over;
import parallax.probe.uplink.session.UplinkState.Waiting;

/** The rules of an uplink, one after the other. */
final class UplinkMachineTest {
  private static final UplinkRules RULES = UplinkRules.USUAL;
  private static final Limits LIMITS = new Limits(64 * 1024, 100, 1_000, 400);
  private static final long SECOND = 1_000_000_000L;

  private final UplinkMachine machine = new UplinkMachine(RULES, 3);
  private final List<UplinkEffect> effects = new ArrayList<>();
  private UplinkState state = machine.begin(Optional.empty(), at(0, 0));
  private long now;

  private static UplinkMachine.Now at(long nanos, double lot) {
    return new UplinkMachine.Now(nanos, lot);
  }

  private List<UplinkEffect> step(UplinkInput input) {
    return step(input, 0.5);
  }

  private List<UplinkEffect> step(UplinkInput input, double lot) {
    UplinkMachine.Step step = machine.step(state, input, at(now, lot));
    state = step.state();
    effects.addAll(step.effects());
    return step.effects();
  }

  private static UplinkInput.Came came(CoordinatorFrame frame) {
    return new UplinkInput.Came(frame, 100, Instant.EPOCH);
  }

  private List<UplinkEffect> open() {
    step(new UplinkInput.Tick());
    step(new UplinkInput.Connected());
    return step(came(new CoordinatorFrame.Welcome(1, LIMITS)));
  }

  private Duration pause() {
    return effects.stream()
        .filter(UplinkEffect.Ended.class::isInstance)
        .map(UplinkEffect.Ended.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow()
        .pause();
  }

  private static Target target(String name) {
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(30),
        List.of(),
        List.of());
  }

  private static CoordinatorFrame.Assignment part(long revision, int part, int parts) {
    return new CoordinatorFrame.Assignment(
        revision, part, parts, List.of(target("t" + revision + "-" + part)), List.of());
  }

  @Test
  void greetsWithWhatItWorksByAndBeginsWhenWelcomed() {
    state = machine.begin(Optional.of(9L), at(0, 0));
    assertThat(step(new UplinkInput.Tick())).containsExactly(new UplinkEffect.Connect(0));
    assertThat(step(new UplinkInput.Connected()))
        .containsExactly(new UplinkEffect.Greet(Optional.of(9L)));
    assertThat(state.mayLive(now)).isZero();
    assertThat(step(came(new CoordinatorFrame.Welcome(1, LIMITS))))
        .containsExactly(new UplinkEffect.Begin(), new UplinkEffect.TellDrops());
    assertThat(state.mayLive(now)).isEqualTo(100);
  }

  @Test
  void goesByTheNewestLimits() {
    open();
    assertThat(step(came(new Limits(40_000, 5, 1_000, 20)))).isEmpty();
    assertThat(state.mayLive(now)).isEqualTo(5);
    assertThat(state.mayBacklog(now)).isEqualTo(5);
    step(new UplinkInput.Sent(7, 1, 18));
    assertThat(state.mayLive(now)).isEqualTo(2);
    assertThat(state.mayBacklog(now)).as("what is left is for new ones").isZero();
    assertThat(step(came(new Limits(40_000, 5, 1_000, 10)))).isEmpty();
    assertThat(state.mayLive(now)).as("more is on the way than may be now").isZero();
  }

  @Test
  void adoptsAnAssignmentWhenAllOfItIsThere() {
    open();
    assertThat(step(came(part(4, 1, 2)))).isEmpty();
    // Of an older one that was not finished nothing is kept.
    assertThat(step(came(part(5, 0, 2)))).isEmpty();
    assertThat(step(came(part(5, 1, 2))))
        .satisfiesExactly(
            adopt ->
                assertThat(((UplinkEffect.Adopt) adopt).assignment().targets())
                    .extracting(target -> target.name().value())
                    .containsExactly("t5-0", "t5-1"),
            say ->
                assertThat(say)
                    .isEqualTo(
                        new UplinkEffect.Say(new ProbeFrame.AssignmentAccepted(5, List.of()))));
    assertThat(state.assignment()).contains(5L);
  }

  @Test
  void refusesAnAssignmentWithoutBounds() {
    open();
    int large = UplinkMachine.MAX_ASSIGNMENT_BYTES / 2 + 1;
    assertThat(step(new UplinkInput.Came(part(4, 0, 3), large, Instant.EPOCH))).isEmpty();
    assertThat(step(new UplinkInput.Came(part(4, 1, 3), large, Instant.EPOCH)))
        .hasAtLeastOneElementOfType(UplinkEffect.Close.class);
  }

  @Test
  void forgetsOnlyWhatWasSentInThisStream() {
    open();
    step(new UplinkInput.Sent(1, 10, 19));
    step(new UplinkInput.Sent(1, 20, 29));
    assertThat(step(came(new CoordinatorFrame.Ack(1, 30, 40)))).isEmpty();
    assertThat(step(came(new CoordinatorFrame.Ack(2, 10, 19)))).isEmpty();
    assertThat(step(came(new CoordinatorFrame.Ack(1, 10, 15)))).isEmpty();
    assertThat(step(came(new CoordinatorFrame.Ack(1, 10, 19))))
        .containsExactly(new UplinkEffect.Forget(1, 10, 19));
    assertThat(state.unacknowledged()).isEqualTo(10);
    assertThat(step(came(new CoordinatorFrame.Ack(1, 10, 19)))).isEmpty();
  }

  @Test
  void leavesRoomForNewObservationsBesideTheBacklog() {
    open();
    assertThat(state.mayBacklog(now)).isEqualTo(100);
    for (int frame = 0; frame < 3; frame++) {
      step(new UplinkInput.Sent(1, frame * 100L, frame * 100L + 99));
    }
    assertThat(state.mayBacklog(now)).isZero();
    assertThat(state.mayLive(now)).isEqualTo(100);
    step(new UplinkInput.Sent(2, 0, 99));
    assertThat(state.mayLive(now)).isZero();
  }

  @Test
  void sendsNoMoreASecondThanAgreed() {
    open();
    long sent = 0;
    SplittableRandom random = new SplittableRandom(3);
    List<long[]> all = new ArrayList<>();
    for (int turn = 0; turn < 4_000; turn++) {
      now += random.nextLong(20_000_000);
      step(came(new CoordinatorFrame.Ping(turn, Instant.EPOCH)));
      int may = state.mayLive(now);
      if (may > 0) {
        int count = random.nextInt(1, may + 1);
        step(new UplinkInput.Sent(1, sent, sent + count - 1));
        step(came(new CoordinatorFrame.Ack(1, sent, sent + count - 1)));
        sent += count;
        all.add(new long[] {now, count});
      }
      long from = now - SECOND;
      assertThat(all.stream().filter(each -> each[0] > from).mapToLong(each -> each[1]).sum())
          .isLessThanOrEqualTo(LIMITS.perSecond());
    }
    // And not much less either.
    assertThat(sent).isGreaterThan(LIMITS.perSecond() * (now / SECOND) * 85 / 100);
  }

  @Test
  void leavesACoordinatorThatIsSilentOrDoesNotAcknowledge() {
    open();
    step(new UplinkInput.Sent(1, 0, 0));
    now += RULES.acknowledge().toNanos() - 1;
    step(came(new CoordinatorFrame.Ping(1, Instant.EPOCH)));
    assertThat(step(new UplinkInput.Tick())).containsExactly(new UplinkEffect.TellDrops());
    now++;
    assertThat(step(new UplinkInput.Tick()).getFirst()).isInstanceOf(UplinkEffect.Close.class);

    now += 120 * SECOND;
    open();
    now += RULES.silence().toNanos();
    assertThat(step(new UplinkInput.Tick()).getFirst()).isInstanceOf(UplinkEffect.Close.class);
  }

  @Test
  void triesEachCoordinatorInTurnWithGrowingPausesForEver() {
    List<Integer> tried = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int attempt = 0; attempt < 40; attempt++) {
      now += 3_600 * SECOND;
      tried.add(((UplinkEffect.Connect) step(new UplinkInput.Tick()).getFirst()).address());
      step(new UplinkInput.Lost(Refused.Why.UNSPECIFIED, "connection refused"), 0.999_999);
      longest = pause();
      assertThat(longest).isLessThanOrEqualTo(RULES.usual().most());
    }
    assertThat(tried).isEqualTo(IntStream.range(0, 40).map(n -> n % 3).boxed().toList());
    assertThat(longest).isGreaterThan(RULES.usual().most().minusSeconds(1));
  }

  @Test
  void fiveHundredProbesThatLoseACoordinatorTogetherComeBackSpread() {
    SplittableRandom random = new SplittableRandom(11);
    int[] inSlot = new int[20];
    for (int probe = 0; probe < 500; probe++) {
      state = machine.begin(Optional.empty(), at(0, random.nextDouble()));
      open();
      step(new UplinkInput.Lost(Refused.Why.UNSPECIFIED, "reset"), random.nextDouble());
      inSlot[(int) (pause().toMillis() / 100)]++;
    }
    assertThat(IntStream.of(inSlot).boxed()).allMatch(count -> count > 5 && count < 60);
  }

  @ParameterizedTest
  @EnumSource(Refused.Why.class)
  void neverGivesUpWhateverTheRefusal(Refused.Why why) {
    for (int attempt = 0; attempt < 30; attempt++) {
      open();
      step(came(new Refused(why, "no")), 0.999);
      assertThat(state.phase()).isInstanceOf(Waiting.class);
      assertThat(pause()).isLessThanOrEqualTo(RULES.refused().most());
      now += pause().toNanos();
    }
    boolean hardlyChanges =
        switch (why) {
          case VERSION, IDENTITY, REVOKED, DUPLICATE -> true;
          case UNSPECIFIED, MALFORMED, TOO_LARGE, RATE, BUSY, CLOSING -> false;
        };
    assertThat(pause().compareTo(RULES.usual().most()) > 0).isEqualTo(hardlyChanges);
  }

  @Test
  void whoWasRefusedForItsCredentialsComesBackSoonWithOthers() {
    open();
    step(came(new Refused(Refused.Why.REVOKED, "no")));
    long until = ((Waiting) state.phase()).until();
    step(new UplinkInput.NewCredentials());
    assertThat(((Waiting) state.phase()).until())
        .isLessThan(until)
        .isLessThanOrEqualTo(now + RULES.usual().first().toNanos());
  }

  @Test
  void aBusyCoordinatorSendsToTheNextWithoutAGrowingPause() {
    for (int attempt = 0; attempt < 3; attempt++) {
      open();
      step(came(new Refused(Refused.Why.BUSY, "")), 0.999);
      assertThat(pause()).isLessThanOrEqualTo(RULES.usual().first());
      now += pause().toNanos();
    }
    open();
    step(came(new Refused(Refused.Why.BUSY, "")), 0.999);
    assertThat(pause()).isGreaterThan(RULES.usual().first());
    for (int attempt = 0; attempt < 50; attempt++) {
      now += pause().toNanos();
      open();
      step(came(new Refused(Refused.Why.BUSY, "")), 0.999);
      assertThat(pause())
          .as("whoever waits for a cluster is there when it works again")
          .isLessThanOrEqualTo(RULES.busy().most());
    }
  }

  @Test
  void aStreamThatStoodLongIsReplacedSoon() {
    for (int attempt = 0; attempt < 10; attempt++) {
      open();
      step(new UplinkInput.Lost(Refused.Why.UNSPECIFIED, "reset"), 0.999);
      now += pause().toNanos();
    }
    open();
    now += RULES.steady().toNanos();
    step(new UplinkInput.Lost(Refused.Why.UNSPECIFIED, "reset"), 0.999);
    assertThat(pause()).isLessThanOrEqualTo(RULES.usual().first());
  }

  @Test
  void aVersionThatIsNotSpokenEndsTheStream() {
    step(new UplinkInput.Tick());
    step(new UplinkInput.Connected());
    step(came(new CoordinatorFrame.Welcome(99, LIMITS)));
    assertThat(state.phase()).isInstanceOf(Waiting.class);
  }

  @Test
  void endsOnceAllThatWasSeenIsSafe() {
    open();
    step(new UplinkInput.Sent(1, 0, 9));
    assertThat(step(new UplinkInput.Stop())).isEmpty();
    assertThat(state.mayBacklog(now)).isZero();
    assertThat(state.mayLive(now)).isPositive();
    assertThat(step(new UplinkInput.Drained())).isEmpty();
    step(came(new CoordinatorFrame.Ack(1, 0, 9)));
    assertThat(step(new UplinkInput.Drained()))
        .hasExactlyElementsOfTypes(
            UplinkEffect.TellDrops.class, UplinkEffect.Say.class, UplinkEffect.Close.class);
    assertThat(state.phase()).isInstanceOf(Over.class);
    assertThat(step(new UplinkInput.Tick())).isEmpty();
  }

  @Test
  void endsWithoutAnAckWhenTimeIsUp() {
    open();
    step(new UplinkInput.Sent(1, 0, 9));
    step(new UplinkInput.Stop());
    step(new UplinkInput.Halt());
    assertThat(state.phase()).isInstanceOf(Over.class);
    assertThat(state.phase()).isNotInstanceOf(Open.class);
  }
}
