package parallax.coordinator.core.fleet;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Vantage;

/**
 * A sign of life of a probe, about every {@link Fleet#BEAT}.
 *
 * @param country where the probe stands, ISO 3166-1 alpha-2, where known
 * @param resolver the resolver it asks, by any name that others who ask it use as well
 * @param sent by the probe's clock
 * @param received by the coordinator's clock
 * @param isMeasured whether {@code sent} is what the probe's clock shows at {@code received}, found
 *     out by pings, and not when a message left that took some time
 */
public record Beat(
    Vantage vantage,
    Optional<String> country,
    Optional<String> resolver,
    Instant sent,
    Instant received,
    boolean isMeasured) {
  /** One of which only that it was sent and arrived is known. */
  public Beat(
      Vantage vantage,
      Optional<String> country,
      Optional<String> resolver,
      Instant sent,
      Instant received) {
    this(vantage, country, resolver, sent, received, false);
  }

  /** One of a probe whose clock is known to show {@code shown} now. */
  public static Beat measured(Vantage vantage, Instant shown, Instant now) {
    return new Beat(vantage, Optional.empty(), Optional.empty(), shown, now, true);
  }
}
