package parallax.coordinator.run;

import java.time.Duration;

/**
 * What keeps a run that nobody asked for from beginning.
 *
 * @param epoch of the coordinator that decided it; whoever took over decides anew
 * @param cooldown after the last run of the action, for whatever incident
 * @param most runs of the action that nobody asked for, for whatever incident
 * @param in any time of this length
 */
public record Guard(long epoch, Duration cooldown, int most, Duration in) {}
