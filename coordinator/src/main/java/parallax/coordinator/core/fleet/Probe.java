package parallax.coordinator.core.fleet;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Vantage;

/**
 * One probe, as far as it is known.
 *
 * @param slot its number in the fleet, for good
 * @param region the slot of the first probe of the same region
 * @param network the same for its autonomous system; its own slot where that is not known
 * @param resolver the same for the resolver it asks
 * @param heard when it last gave a sign of life, by the coordinator's clock
 * @param units how many targets and kinds of check it looks at
 * @param failing how many of them fail for it, those left out that are known to be down
 * @param era how often it fell ill or became well again
 * @param sick since when it is held to be in trouble itself; empty: it is fine
 */
public record Probe(
    int slot,
    Vantage vantage,
    Optional<String> country,
    Optional<String> resolverName,
    int region,
    int network,
    int resolver,
    Instant heard,
    ClockOffset clock,
    Trust trust,
    Budget budget,
    int units,
    int failing,
    int era,
    Optional<Instant> sick) {

  /** A copy of it to be changed. */
  Draft draft() {
    return new Draft(this);
  }

  /** Whether it was heard lately. */
  public boolean isHeard(Instant now) {
    return heard.plus(Fleet.SILENCE).isAfter(now);
  }

  /** What changes of a probe. */
  static final class Draft {
    private final Probe was;
    Instant heard;
    ClockOffset clock;
    Trust trust;
    Budget budget;
    int units;
    int failing;
    int era;
    Optional<Instant> sick;

    private Draft(Probe was) {
      this.was = was;
      heard = was.heard;
      clock = was.clock;
      trust = was.trust;
      budget = was.budget;
      units = was.units;
      failing = was.failing;
      era = was.era;
      sick = was.sick;
    }

    Probe done() {
      return new Probe(
          was.slot,
          was.vantage,
          was.country,
          was.resolverName,
          was.region,
          was.network,
          was.resolver,
          heard,
          clock,
          trust,
          budget,
          units,
          failing,
          era,
          sick);
    }
  }
}
