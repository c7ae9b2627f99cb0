/** Which member leads, and when it stops. */
@NullMarked
package parallax.coordinator.cluster.lead;

import org.jspecify.annotations.NullMarked;
