/** Where a member may be reached, how it finds the others, what only members know. */
@NullMarked
package parallax.coordinator.cluster.discovery;

import org.jspecify.annotations.NullMarked;
