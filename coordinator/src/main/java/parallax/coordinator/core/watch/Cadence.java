package parallax.coordinator.core.watch;

import java.time.Duration;
import parallax.config.check.CheckKind;

/**
 * How often a kind of check looks at a target.
 *
 * @param interval from one look to the next, of each probe
 * @param timeout the longest that one look takes
 */
public record Cadence(CheckKind check, Duration interval, Duration timeout) {}
