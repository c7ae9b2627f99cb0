package parallax.coordinator.run;

import java.time.Duration;
import java.time.Instant;
import parallax.coordinator.core.incident.IncidentId;

/**
 * A run that somebody wants to begin.
 *
 * @param what is about to be done, in words
 * @param within when it is given up at the latest
 */
public record RunWish(
    IncidentId incident,
    String runbook,
    String action,
    String who,
    String what,
    Instant at,
    Duration within) {}
