package parallax.coordinator.core.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;

/**
 * Trouble on our own side.
 *
 * @param culprit {@code probe:tokyo-1}, {@code region:tokyo}, {@code network:AS64500}, {@code
 *     resolver:NAME} or {@code monitoring}
 * @param slots of the probes it is about
 * @param rule what tells, in words
 */
public record Trouble(
    String culprit,
    List<Integer> slots,
    Optional<Layer> layer,
    Finding finding,
    Instant since,
    String rule) {}
