package parallax.coordinator.watchdog;

import java.util.Optional;

/**
 * How a coordinator is at one moment.
 *
 * @param notDeciding why nothing is decided
 * @param notRecording why nothing is recorded
 * @param inForce whether what it decides by is the configuration that it shows
 * @param unrecorded effects that were decided and wait for the store
 */
public record Signs(
    Optional<String> notDeciding, Optional<String> notRecording, boolean inForce, int unrecorded) {}
