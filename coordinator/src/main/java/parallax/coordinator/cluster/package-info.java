/**
 * Several coordinators as one: {@link parallax.coordinator.cluster.ClusterMember} puts it together.
 * Nothing outside these packages knows Hazelcast.
 */
@NullMarked
package parallax.coordinator.cluster;

import org.jspecify.annotations.NullMarked;
