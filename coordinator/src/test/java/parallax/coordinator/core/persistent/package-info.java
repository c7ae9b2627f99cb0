/** Tests of the immutable collections. */
@NullMarked
package parallax.coordinator.core.persistent;

import org.jspecify.annotations.NullMarked;
