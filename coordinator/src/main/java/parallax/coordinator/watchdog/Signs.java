package parallax.coordinator.watchdog;

import java.util.Optional;

/**
 * How a coordinator is at one moment.
 *
 * @param notDeciding why nothing is decided
 * @param notRecording why nothing is recorded
 * @param apart why it cannot do its part among the other coordinators
 * @param inForce whether what it decides by is the configuration that it shows
 * @param unrecorded effects that were decided and wait for the store
 */
public record Signs(
    Optional<String> notDeciding,
    Optional<String> notRecording,
    Optional<String> apart,
    boolean inForce,
    int unrecorded) {}
