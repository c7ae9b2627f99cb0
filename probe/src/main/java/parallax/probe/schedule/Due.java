package parallax.probe.schedule;

import java.time.Instant;
import parallax.config.check.CheckSpec;

/**
 * A check that is to be made now.
 *
 * @param scheduled the instant it was due at
 */
public record Due(Slot slot, CheckSpec spec, Instant scheduled) {}
