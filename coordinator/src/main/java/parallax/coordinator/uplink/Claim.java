package parallax.coordinator.uplink;

import java.time.Instant;
import parallax.config.observation.ProbeName;

/**
 * A stream of a probe that ends at this member.
 *
 * @param boot the run of the probe
 * @param since by this member's clock
 */
public record Claim(ProbeName probe, long boot, Instant since) {}
