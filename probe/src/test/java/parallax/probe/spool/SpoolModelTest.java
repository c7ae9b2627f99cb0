package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls beside a model of what must hold: what was kept is handed over at least once, or
 * counted as dropped; what was acknowledged is not handed over again in the same run.
 */
class SpoolModelTest {
  private static final int STEPS = 1_500;

  @TempDir Path folder;

  private record Identity(long boot, long sequence) {}

  private final Set<Identity> kept = new HashSet<>();
  private final Set<Identity> handedOver = new HashSet<>();
  private final Set<Identity> acknowledged = new HashSet<>();
  private final List<Slice> onTheWay = new ArrayList<>();
  private long dropped;
  private long refused;
  private long boot;
  private long sequence;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void nothingKeptIsLostUncounted(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Spool spool = Spools.open(folder, ++boot);
    for (int step = 0; step < STEPS; step++) {
      spool = step(random, spool);
    }
    spool.restart();
    onTheWay.clear();
    take(spool, Spools.MAX, true);
    assertThat(spool.fill().observations()).isZero();
    dropped += drops(spool);
    spool.close();
    Set<Identity> lost = new HashSet<>(kept);
    lost.removeAll(handedOver);
    assertThat(handedOver).isSubsetOf(kept);
    assertThat((long) lost.size()).isLessThanOrEqualTo(dropped - refused);
  }

  private Spool step(SplittableRandom random, Spool spool) throws IOException {
    switch (random.nextInt(20)) {
      case 0 -> {
        spool.restart();
        onTheWay.clear();
      }
      case 1 -> {
        dropped += drops(spool);
        spool.close();
        onTheWay.clear();
        // Acks are not written down, so the next run may send them again.
        acknowledged.clear();
        sequence = 0;
        return Spools.open(folder, ++boot);
      }
      case 2, 3, 4, 5 -> take(spool, random.nextInt(1, 30), false);
      case 6, 7, 8 -> acknowledge(random, spool);
      default -> append(random, spool);
    }
    assertThat(spool.fill().bytes()).isLessThanOrEqualTo(Spools.MAX);
    return spool;
  }

  private void append(SplittableRandom random, Spool spool) {
    for (int count = random.nextInt(40); count > 0; count--) {
      if (spool
          .append(sequence, Spools.priority(sequence), Spools.payload(sequence))
          .equals(new Appended.Kept())) {
        kept.add(new Identity(boot, sequence));
      } else {
        refused++;
      }
      sequence += random.nextInt(1, 3);
    }
  }

  private void take(Spool spool, int most, boolean all) {
    boolean more = true;
    while (more) {
      Optional<Slice> slice = spool.live(most, 100_000).or(() -> spool.backlog(most, 100_000));
      slice.ifPresent(some -> received(spool, some, all));
      more = all && slice.isPresent();
    }
  }

  private void received(Spool spool, Slice slice, boolean acknowledge) {
    for (long number : Spools.numbers(slice)) {
      Identity one = new Identity(slice.boot(), number);
      assertThat(acknowledged.contains(one)).as("%s was acknowledged", one).isFalse();
      handedOver.add(one);
    }
    onTheWay.add(slice);
    if (acknowledge) {
      Spools.acknowledge(spool, slice);
    }
  }

  private void acknowledge(SplittableRandom random, Spool spool) {
    if (!onTheWay.isEmpty()) {
      Slice slice = onTheWay.remove(random.nextInt(onTheWay.size()));
      Spools.acknowledge(spool, slice);
      Spools.numbers(slice).forEach(number -> acknowledged.add(new Identity(slice.boot(), number)));
    }
  }

  private static long drops(Spool spool) {
    return spool.drops().values().stream().mapToLong(Long::longValue).sum();
  }
}
