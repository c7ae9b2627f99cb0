/** Observations as members hand them on: encoded once, kept as bytes. */
@NullMarked
package parallax.coordinator.cluster.item;

import org.jspecify.annotations.NullMarked;
