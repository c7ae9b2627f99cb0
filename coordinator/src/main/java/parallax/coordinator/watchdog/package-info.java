/**
 * Tells somebody outside that this coordinator works, and falls silent when it does not: what is
 * known is judged in {@code Vigil}, when to speak in {@code Rhythm} (both pure).
 */
@NullMarked
package parallax.coordinator.watchdog;

import org.jspecify.annotations.NullMarked;
