package parallax.coordinator.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * The cases in which a property is tried. Others: {@code -Dparallax.properties.from=0
 * -Dparallax.properties.cases=10000}.
 */
final class Seeds {
  private static final long FROM = Long.getLong("parallax.properties.from", 0);
  private static final long CASES = Long.getLong("parallax.properties.cases", 200);

  private static final long LATE_MILLIS = 85_000;

  private Seeds() {}

  /** Seeds that lie close together begin with nearly the same numbers unless they are spread. */
  static Random random(long seed) {
    return new Random(seed * 0x9e3779b97f4a7c15L);
  }

  /**
   * While things change, as late as may be and still in time to count.
   *
   * @param orderly from when on looks arrive in time, in seconds of the plot
   */
  static Stage.Courier late(long seed, int orderly) {
    Random delays = random(~seed);
    return (seen, arrives) -> {
      long ended = Duration.between(Stage.START, seen.ended()).toMillis();
      long most = ended < orderly * 1000L ? ended + LATE_MILLIS - arrives : 0;
      long late = (long) (delays.nextDouble() * Math.max(0, most));
      return List.of(new Stage.Arrival(arrives + late, seen));
    };
  }

  /** Fails with the seeds for which the property does not hold. */
  static void always(LongConsumer property) {
    List<String> failed =
        LongStream.range(FROM, FROM + CASES)
            .parallel()
            .mapToObj(seed -> tried(property, seed))
            .flatMap(Optional::stream)
            .toList();
    assertThat(failed).isEmpty();
  }

  private static Optional<String> tried(LongConsumer property, long seed) {
    try {
      property.accept(seed);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of("seed " + seed + ": " + e.getMessage());
    }
  }
}
