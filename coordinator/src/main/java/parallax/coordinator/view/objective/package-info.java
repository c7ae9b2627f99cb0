/** Objectives, what is left of their error budgets and how fast it burns: pure arithmetic. */
@NullMarked
package parallax.coordinator.view.objective;

import org.jspecify.annotations.NullMarked;
