package parallax.coordinator.accounting;

import java.time.Duration;
import parallax.config.check.CheckKind;

/**
 * How long looks took that found a target working, each within {@link Durations#ERROR} of the true
 * one.
 *
 * @param check what kind of looks
 * @param looks how many
 * @param middle half of them took no longer
 * @param most 95 of 100 took no longer
 * @param nearlyAll 99 of 100 took no longer
 */
public record Latency(
    CheckKind check, long looks, Duration middle, Duration most, Duration nearlyAll) {}
