/** What the clocks of the other members show. */
@NullMarked
package parallax.coordinator.cluster.time;

import org.jspecify.annotations.NullMarked;
