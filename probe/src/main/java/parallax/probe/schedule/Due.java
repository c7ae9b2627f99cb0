package parallax.probe.schedule;

import java.time.Instant;
import parallax.config.check.CheckSpec;
import parallax.config.target.Target;

/**
 * A check that is to run now.
 *
 * @param scheduled the instant it was due
 * @param ticket to be given back to {@link Schedule#finished} when the check has ended
 */
public record Due(Target target, CheckSpec spec, Instant scheduled, long ticket) {}
