/**
 * Finds members whose addresses only the name system knows: asks it, bounded, and hands Hazelcast
 * what it says. Imports discovery.
 */
@NullMarked
package parallax.coordinator.cluster.search;

import org.jspecify.annotations.NullMarked;
