/** Runs of actions of runbooks, as they are kept: plain values. Imports core. */
@NullMarked
package parallax.coordinator.run;

import org.jspecify.annotations.NullMarked;
