package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.Region;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.TargetState;

/**
 * How a target looks from one region: the worst of what its probes saw last. What is seen is not
 * yet what is held to be true; that is the verdict.
 *
 * @param lastSeen when the newest look arrived
 * @param deciding the look that makes the state; of an earlier layer before that of a later one
 * @param deepest the newest look of the check that goes deepest, for its timings
 */
public record RegionView(
    Region region,
    TargetState state,
    Instant lastSeen,
    Optional<Evidence> deciding,
    Evidence deepest) {

  /** What is older than this, and than {@link #FRESH_INTERVALS}, says nothing of now. */
  public static final Duration FRESH = Duration.ofSeconds(90);

  /** In halves of an interval: one and a half. */
  private static final int FRESH_INTERVALS = 3;

  /**
   * How the looks of one region, at least one, come together.
   *
   * @param interval from one look of a kind to the next
   */
  static RegionView of(
      Region region, List<Evidence> looks, Function<CheckKind, Duration> interval, Instant now) {
    List<Evidence> fresh =
        looks.stream()
            .filter(
                look -> {
                  Duration counts = freshFor(interval.apply(look.observation().check()));
                  return !look.received().isBefore(now.minus(counts));
                })
            .toList();
    Instant lastSeen =
        looks.stream().map(Evidence::received).max(Comparator.naturalOrder()).orElse(now);
    TargetState state =
        fresh.stream()
            .map(RegionView::state)
            .min(Comparator.comparingInt(RegionView::rank))
            .orElse(TargetState.UNKNOWN);
    Optional<Evidence> deciding =
        fresh.stream()
            .filter(look -> state(look) == state && state != TargetState.UP)
            .min(Comparator.comparing(look -> look.observation().layer()));
    Evidence deepest =
        looks.stream()
            .max(
                Comparator.comparing((Evidence look) -> look.observation().check())
                    .thenComparing(Evidence::received))
            .orElseThrow();
    return new RegionView(region, state, lastSeen, deciding, deepest);
  }

  /** How long a look counts, for a target that is looked at once in this interval. */
  public static Duration freshFor(Duration interval) {
    Duration intervals = interval.multipliedBy(FRESH_INTERVALS).dividedBy(2);
    return intervals.compareTo(FRESH) > 0 ? intervals : FRESH;
  }

  private static TargetState state(Evidence look) {
    return switch (look.observation().outcome()) {
      case Outcome.Up _ -> TargetState.UP;
      case Outcome.Degraded _ -> TargetState.DEGRADED;
      case Outcome.Down _ -> TargetState.DOWN;
      case Outcome.Inconclusive _ -> TargetState.UNKNOWN;
    };
  }

  /** Being unable to tell hides nothing that another check could tell. */
  private static int rank(TargetState state) {
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UP -> 2;
      case UNKNOWN -> 3;
    };
  }
}
