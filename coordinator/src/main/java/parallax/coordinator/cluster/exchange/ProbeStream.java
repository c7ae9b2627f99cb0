package parallax.coordinator.cluster.exchange;

import java.time.Instant;

/**
 * A probe that is connected.
 *
 * @param boot its run
 * @param member the name of the member that it is connected to
 * @param since by that member's clock
 */
public record ProbeStream(String probe, long boot, String member, Instant since) {}
