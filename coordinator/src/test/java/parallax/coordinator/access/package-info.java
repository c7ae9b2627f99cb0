/** Tests of who comes in. */
@NullMarked
package parallax.coordinator.access;

import org.jspecify.annotations.NullMarked;
