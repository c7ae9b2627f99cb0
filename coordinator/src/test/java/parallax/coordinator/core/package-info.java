/** The core, seen from outside. */
@NullMarked
package parallax.coordinator.core;

import org.jspecify.annotations.NullMarked;
