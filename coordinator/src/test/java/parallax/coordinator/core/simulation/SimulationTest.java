package parallax.coordinator.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The core in a thousand random worlds in which many things go wrong at once. Other worlds: {@code
 * -Dparallax.simulation.from=0 -Dparallax.simulation.worlds=100000}.
 */
final class SimulationTest {
  private static final long FROM = Long.getLong("parallax.simulation.from", 0);
  private static final long WORLDS = Long.getLong("parallax.simulation.worlds", 1000);

  /** Worlds in which something did not hold once. */
  private static final List<Long> KEPT =
      List.of(
          382L, 511L, 513L, 886L, 995L, 1052L, 1422L, 1509L, 1530L, 3640L, 14034L, 20456L, 28068L,
          30308L, 35548L, 47379L, 66335L, 83477L, 92365L);

  @Test
  void whatMustHoldHoldsInEveryWorld() {
    AtomicLong virtual = new AtomicLong();
    long started = System.nanoTime();
    LongStream.concat(
            KEPT.stream().mapToLong(Long::longValue), LongStream.range(FROM, FROM + WORLDS))
        .parallel()
        .forEach(
            seed -> {
              try {
                new World(seed).run();
              } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
              }
              virtual.addAndGet(World.seconds());
            });
    Duration real = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(
        "%d worlds, %d virtual hours in %.1f s%n",
        WORLDS, virtual.get() / 3600, real.toMillis() / 1e3);
    assertThat(virtual.get()).isEqualTo(World.seconds() * (WORLDS + KEPT.size()));
  }
}
