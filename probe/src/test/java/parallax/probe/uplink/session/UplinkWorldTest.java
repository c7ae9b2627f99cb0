package parallax.probe.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrame.Refused;

/** Random inputs in random order: whatever happens, the rules hold. */
final class UplinkWorldTest {
  private static final int STEPS = 20_000;
  private static final long BOOT = 5;

  private final UplinkMachine machine = new UplinkMachine(UplinkRules.USUAL, 3);
  private final TreeSet<Long> kept = new TreeSet<>();
  private final TreeSet<Long> sentInStream = new TreeSet<>();
  private final TreeSet<Long> ackedInStream = new TreeSet<>();
  private SplittableRandom random = new SplittableRandom(0);
  private Limits limits = new Limits(1, 1, 1, 1);
  private UplinkState state = machine.begin(Optional.empty(), new UplinkMachine.Now(0, 0));
  private boolean line;
  private long now;
  private long sequence;
  private int connects;

  private UplinkInput input() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new UplinkInput.Tick();
      case 3 -> new UplinkInput.Connected();
      case 4, 5 ->
          random.nextInt(40) == 0 ? new UplinkInput.Lost(anyWhy(), "lost") : new UplinkInput.Tick();
      case 6 -> came(new CoordinatorFrame.Welcome(random.nextInt(50) == 0 ? 2 : 1, limits()));
      case 7, 8 -> came(ack());
      case 9 -> came(anyFrame());
      case 10 -> new UplinkInput.Newer();
      default ->
          switch (random.nextInt(60)) {
            case 0 -> new UplinkInput.Unreadable("nonsense");
            case 1 -> came(new Refused(anyWhy(), "no"));
            default -> new UplinkInput.NewCredentials();
          };
    };
  }

  private Refused.Why anyWhy() {
    Refused.Why[] all = Refused.Why.values();
    return all[random.nextInt(all.length)];
  }

  private Limits limits() {
    limits =
        new Limits(40_000, random.nextInt(1, 50), random.nextInt(1, 5_000), random.nextInt(1, 300));
    return limits;
  }

  private CoordinatorFrame ack() {
    long first = random.nextLong(sequence + 1);
    long last = first + random.nextInt(60);
    if (state.unacknowledged() > 0 && random.nextBoolean()) {
      var flights = ((UplinkState.Open) state.phase()).traffic().window().flights();
      var flight = flights.get(random.nextInt(flights.size()));
      first = flight.first();
      last = flight.last();
    }
    for (long number : sentInStream.subSet(first, true, last, true)) {
      ackedInStream.add(number);
    }
    return new CoordinatorFrame.Ack(BOOT, first, last);
  }

  private CoordinatorFrame anyFrame() {
    return switch (random.nextInt(4)) {
      case 2 -> limits();
      case 0 -> new CoordinatorFrame.Ping(random.nextLong(), Instant.EPOCH);
      case 1 ->
          new CoordinatorFrame.LookAgain(
              new TargetName("shop"), CheckKind.TCP, java.time.Duration.ZERO);
      default -> {
        int parts = random.nextInt(1, 4);
        yield new CoordinatorFrame.Assignment(
            random.nextLong(5), random.nextInt(parts), parts, List.of(), List.of());
      }
    };
  }

  private static UplinkInput came(CoordinatorFrame frame) {
    return new UplinkInput.Came(frame, 100, Instant.EPOCH);
  }

  private void step(UplinkInput input) {
    UplinkMachine.Step step =
        machine.step(state, input, new UplinkMachine.Now(now, random.nextDouble()));
    state = step.state();
    step.effects().forEach(this::perform);
  }

  private void perform(UplinkEffect effect) {
    switch (effect) {
      case UplinkEffect.Connect _ -> {
        assertThat(line).as("one stream at a time").isFalse();
        line = true;
        connects++;
      }
      case UplinkEffect.Begin _ -> {
        sentInStream.clear();
        ackedInStream.clear();
      }
      case UplinkEffect.Close _ -> line = false;
      case UplinkEffect.Ended ended ->
          assertThat(ended.pause())
              .isGreaterThanOrEqualTo(java.time.Duration.ZERO)
              .isLessThanOrEqualTo(UplinkRules.USUAL.refused().most());
      case UplinkEffect.Forget(long boot, long first, long last) -> {
        assertThat(boot).isEqualTo(BOOT);
        // As the spool does: only what was sent, and every one of it was acknowledged.
        List<Long> gone = new ArrayList<>(sentInStream.subSet(first, true, last, true));
        assertThat(ackedInStream).containsAll(gone);
        kept.removeAll(gone);
      }
      case UplinkEffect.Greet _,
          UplinkEffect.Say _,
          UplinkEffect.Pong _,
          UplinkEffect.Adopt _,
          UplinkEffect.LookAgain _,
          UplinkEffect.TellDrops _ ->
          assertThat(line).as("said to somebody").isTrue();
    }
  }

  /** What is sent comes from what is kept, in order, as the spool hands it out. */
  private void send() {
    int may = random.nextBoolean() ? state.mayLive(now) : state.mayBacklog(now);
    assertThat(may).isLessThanOrEqualTo(limits.batchObservations());
    if (may == 0) {
      return;
    }
    int count = random.nextInt(1, may + 1);
    for (int each = 0; each < count; each++) {
      kept.add(sequence + each);
      sentInStream.add(sequence + each);
    }
    step(new UplinkInput.Sent(BOOT, sequence, sequence + count - 1));
    // What was on the way before the limits shrank may be more.
    assertThat(state.unacknowledged()).isLessThanOrEqualTo(limits.unacknowledged());
    sequence += count;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theRulesHoldWhateverHappens(long seed) {
    random = new SplittableRandom(seed);
    int open = 0;
    for (int count = 0; count < STEPS; count++) {
      now +=
          random.nextInt(100) == 0 ? random.nextLong(60_000_000_000L) : random.nextLong(5_000_000);
      step(input());
      send();
      assertThat(state.mayBacklog(now)).isLessThanOrEqualTo(state.mayLive(now));
      assertThat(state.failures()).isNotNegative();
      assertThat(state.address()).isBetween(0, 2);
      if (state.phase()
          instanceof
          UplinkState.Open(
              var _,
              var _,
              var _,
              var _,
              UplinkState.Traffic(Window window, Rate _),
              var _)) {
        open++;
        assertThat(window.flights()).hasSizeLessThanOrEqualTo(Window.MAX_FLIGHTS);
        assertThat(line).isTrue();
      }
    }
    assertThat(open).as("the world is not all failure").isGreaterThan(100);
    assertThat(connects).isGreaterThan(10);
  }
}
