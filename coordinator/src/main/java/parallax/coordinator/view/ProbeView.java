package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Vantage;
import parallax.coordinator.core.evidence.Evidence;

/**
 * One probe as readers see it; the counts are since the start of the coordinator.
 *
 * @param lastHeard by the coordinator's clock
 * @param newest its newest observation, which need not be the one that came last
 */
public record ProbeView(
    Vantage vantage,
    Instant lastHeard,
    Optional<Newest> newest,
    long up,
    long degraded,
    long down,
    long inconclusive) {
  /** What is newer by its number counts again after so long without any: the run began anew. */
  private static final Duration STALE = Duration.ofMinutes(1);

  /**
   * An observation.
   *
   * @param scheduled by the probe's clock
   * @param received by the coordinator's
   */
  public record Newest(long boot, long sequence, Instant scheduled, Instant received) {
    private boolean isBefore(Newest other) {
      return boot < other.boot
          || (boot == other.boot && sequence < other.sequence)
          || received.isBefore(other.received.minus(STALE));
    }
  }

  /** A probe of which nothing was counted yet. */
  public static ProbeView unheard(Vantage vantage, Instant at) {
    return new ProbeView(vantage, at, Optional.empty(), 0, 0, 0, 0);
  }

  /** This view after one more observation. */
  public ProbeView hearing(Evidence evidence) {
    Observation observation = evidence.observation();
    Outcome outcome = observation.outcome();
    ObservationId id = observation.id();
    Newest that =
        new Newest(id.boot(), id.sequence(), observation.scheduled(), evidence.received());
    return new ProbeView(
        observation.vantage(),
        evidence.received(),
        Optional.of(newest.filter(known -> !known.isBefore(that)).orElse(that)),
        up + one(outcome instanceof Outcome.Up),
        degraded + one(outcome instanceof Outcome.Degraded),
        down + one(outcome instanceof Outcome.Down),
        inconclusive + one(outcome instanceof Outcome.Inconclusive));
  }

  private static long one(boolean counts) {
    return counts ? 1 : 0;
  }

  public long observations() {
    return up + degraded + down + inconclusive;
  }

  /**
   * How long its newest observation took from when it was due to when it was taken in.
   *
   * @param ahead how far the probe's clock is ahead, as far as that is known
   */
  public Optional<Duration> lag(Duration ahead) {
    return newest
        .map(seen -> Duration.between(seen.scheduled(), seen.received()).plus(ahead))
        .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
  }
}
