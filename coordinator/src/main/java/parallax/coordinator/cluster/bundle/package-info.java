/** The configuration that all members apply together. */
@NullMarked
package parallax.coordinator.cluster.bundle;

import org.jspecify.annotations.NullMarked;
