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
 */
public record Beat(
    Vantage vantage,
    Optional<String> country,
    Optional<String> resolver,
    Instant sent,
    Instant received) {}
