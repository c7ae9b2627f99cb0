/** Shards in Hazelcast: taken in by any member, read by the one that leads. */
@NullMarked
package parallax.coordinator.cluster.replica;

import org.jspecify.annotations.NullMarked;
