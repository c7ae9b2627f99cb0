/** Tests of the core as a whole. */
@NullMarked
package parallax.coordinator.core;

import org.jspecify.annotations.NullMarked;
