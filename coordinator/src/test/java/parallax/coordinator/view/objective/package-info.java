/** Tests of error budgets. */
@NullMarked
package parallax.coordinator.view.objective;

import org.jspecify.annotations.NullMarked;
