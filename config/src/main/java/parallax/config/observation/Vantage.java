package parallax.config.observation;

import java.util.Optional;
import parallax.config.target.Region;

/**
 * Who looks, and from where.
 *
 * @param asn the autonomous system the probe sits in (RFC 6793: 32 bits, unsigned), where known
 */
public record Vantage(ProbeName probe, Region region, Optional<Long> asn) {}
