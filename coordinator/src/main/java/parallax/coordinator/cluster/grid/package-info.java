/** Hazelcast as it is run here: configured in one place, judged before it starts. */
@NullMarked
package parallax.coordinator.cluster.grid;

import org.jspecify.annotations.NullMarked;
