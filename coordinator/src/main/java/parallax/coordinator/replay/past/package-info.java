/**
 * The stored past once more, under rules that may be others: which alerts they would have sent or
 * spared.
 */
@NullMarked
package parallax.coordinator.replay.past;

import org.jspecify.annotations.NullMarked;
