/**
 * Replays of scenarios: the real core in a labelled world on a virtual clock. Same scenario, same
 * seed, same core: the same result, byte for byte.
 */
@NullMarked
package parallax.coordinator.replay;

import org.jspecify.annotations.NullMarked;
