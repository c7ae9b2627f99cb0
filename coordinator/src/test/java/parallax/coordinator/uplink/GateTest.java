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
