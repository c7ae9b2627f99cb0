/**
 * What one shard holds, as a deterministic function of what it is told: no clock, no thread, no
 * Hazelcast. Start reading at {@link parallax.coordinator.cluster.shard.ShardBook}.
 */
@NullMarked
package parallax.coordinator.cluster.shard;

import org.jspecify.annotations.NullMarked;
