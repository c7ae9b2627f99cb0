/**
 * The world of a scenario, as it answers: what a check sees, when its result arrives, what clocks
 * show. Everything is a function of the scenario, a seed and the question.
 */
@NullMarked
package parallax.coordinator.replay.world;

import org.jspecify.annotations.NullMarked;
