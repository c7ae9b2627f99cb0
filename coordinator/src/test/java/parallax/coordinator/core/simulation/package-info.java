/** The core in small random worlds whose truth is known, on a virtual clock. */
@NullMarked
package parallax.coordinator.core.simulation;

import org.jspecify.annotations.NullMarked;
