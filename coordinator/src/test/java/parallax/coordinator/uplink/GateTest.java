package parallax.coordinator.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GateTest {
  private final List<String> entered = new ArrayList<>();

  private void enter(Gate gate, int count, String who) {
    gate.enter(count, () -> entered.add(who));
  }

  @Test
  void whoFindsRoomEntersAtOnceAndTheOthersInTheOrderInWhichTheyCame() {
    Gate gate = new Gate(10);
    enter(gate, 6, "first");
    enter(gate, 4, "second");
    enter(gate, 5, "third");
    enter(gate, 1, "fourth");
    assertThat(entered).containsExactly("first", "second");
    assertThat(gate.isCrowded()).isTrue();
    gate.leave(4);
    assertThat(entered).as("nobody small slips past somebody large").hasSize(2);
    gate.leave(6);
    assertThat(entered).containsExactly("first", "second", "third", "fourth");
    assertThat(gate.isCrowded()).isFalse();
  }

  @Test
  void whatIsLargerThanTheGateGoesInAlone() {
    Gate gate = new Gate(10);
    enter(gate, 1, "small");
    enter(gate, 100, "large");
    enter(gate, 1, "behind");
    assertThat(entered).containsExactly("small");
    gate.leave(1);
    assertThat(entered).containsExactly("small", "large");
    gate.leave(100);
    assertThat(entered).containsExactly("small", "large", "behind");
  }

  @Test
  void whatIsOfNowGoesBeforeWhatWaited() {
    Gate gate = new Gate(10);
    enter(gate, 10, "inside");
    gate.enterLate(1, () -> entered.add("late"));
    enter(gate, 10, "now");
    gate.leave(10);
    assertThat(entered).containsExactly("inside", "now");
    gate.leave(10);
    assertThat(entered).containsExactly("inside", "now", "late");
  }

  @Test
  void whatWaitedLeavesRoomForWhatIsOfNow() {
    Gate gate = new Gate(100);
    for (int number = 0; number < 30; number++) {
      gate.enterLate(1, () -> entered.add("late"));
    }
    assertThat(entered).hasSize(10);
    enter(gate, 90, "now");
    assertThat(entered).hasSize(11).endsWith("now");
    gate.leave(90);
    assertThat(entered).as("those who left were not late").hasSize(11);
    gate.leaveLate(1);
    assertThat(entered).hasSize(12);
  }

  @Test
  void whatWaitedStaysOutsideWhileTooMuchWaitsBehindTheGate() {
    Gate gate = new Gate(100);
    for (int answer = 0; answer < 20; answer++) {
      gate.heard(10 * Gate.MAX_BEHIND);
    }
    gate.enterLate(1, () -> entered.add("late"));
    enter(gate, 1, "now");
    assertThat(entered).containsExactly("now");
    gate.leave(1);
    assertThat(entered).containsExactly("now");
    for (int answer = 0; answer < 20; answer++) {
      gate.heard(0);
    }
    enter(gate, 1, "next");
    assertThat(entered).containsExactly("now", "next", "late");
  }

  @Test
  void whereNothingElseComesSomebodyGoesInWithTimeToFindOut() {
    Gate gate = new Gate(100);
    gate.heard(100 * Gate.MAX_BEHIND);
    gate.enterLate(1, () -> entered.add("first"));
    gate.enterLate(1, () -> entered.add("second"));
    assertThat(entered).isEmpty();
    gate.tick();
    assertThat(entered).containsExactly("first");
    gate.tick();
    assertThat(entered).as("while the first is inside").hasSize(1);
    gate.leaveLate(1);
    gate.tick();
    assertThat(entered).containsExactly("first", "second");
  }

  @Test
  void nobodyWaitsSoLongThatItsProbeGivesUp() {
    Gate gate = new Gate(100);
    for (int answer = 0; answer < 20; answer++) {
      gate.heard(10 * Gate.MAX_BEHIND);
    }
    enter(gate, 1, "now");
    gate.enterLate(1, () -> entered.add("late"));
    for (int tick = 1; tick < Gate.MAX_TICKS; tick++) {
      gate.tick();
    }
    assertThat(entered).containsExactly("now");
    gate.tick();
    assertThat(entered).containsExactly("now", "late");
  }

  @Test
  void whoeverIsLateCrowdsOnlyInGreatNumbers() {
    Gate gate = new Gate(10);
    enter(gate, 10, "inside");
    gate.enterLate(10, () -> entered.add("late"));
    assertThat(gate.isCrowded()).isFalse();
    gate.enterLate(1, () -> entered.add("later"));
    assertThat(gate.isCrowded()).isTrue();
  }

  @Test
  void thereAreNeverMoreInsideThanTheGateHoldsAndNobodyIsForgotten() {
    SplittableRandom random = new SplittableRandom(20_261_121);
    for (int round = 0; round < 200; round++) {
      Gate gate = new Gate(50);
      Deque<Integer> inside = new ArrayDeque<>();
      AtomicInteger sum = new AtomicInteger();
      int asked = 0;
      int came = 0;
      for (int step = 0; step < 300; step++) {
        if (random.nextBoolean()) {
          int count = random.nextInt(1, 51);
          asked++;
          gate.enter(
              count,
              () -> {
                inside.addLast(count);
                assertThat(sum.addAndGet(count)).isLessThanOrEqualTo(50);
              });
        } else if (!inside.isEmpty()) {
          int count = inside.removeFirst();
          came++;
          sum.addAndGet(-count);
          gate.leave(count);
        }
      }
      while (!inside.isEmpty()) {
        int count = inside.removeFirst();
        came++;
        sum.addAndGet(-count);
        gate.leave(count);
      }
      assertThat(came).isEqualTo(asked);
    }
  }

  @Test
  void threadsThatEnterAndLeaveAtOnceAllGetThrough() throws InterruptedException {
    Gate gate = new Gate(7);
    int each = 2_000;
    int threads = 4;
    CountDownLatch through = new CountDownLatch(each * threads);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> all =
        IntStream.range(0, threads)
            .mapToObj(
                _ ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int number = 0; number < each; number++) {
                                gate.enter(
                                    3,
                                    () ->
                                        Thread.ofVirtual()
                                            .start(
                                                () -> {
                                                  most.accumulateAndGet(
                                                      inside.addAndGet(3), Math::max);
                                                  inside.addAndGet(-3);
                                                  gate.leave(3);
                                                  through.countDown();
                                                }));
                              }
                            }))
            .toList();
    assertThat(through.await(30, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(most.get()).isLessThanOrEqualTo(7);
    assertThat(gate.isCrowded()).isFalse();
  }
}
