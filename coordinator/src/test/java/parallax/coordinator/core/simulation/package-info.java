/** The real core in a world of virtual time and seeded faults, where the truth is known. */
@NullMarked
package parallax.coordinator.core.simulation;

import org.jspecify.annotations.NullMarked;
