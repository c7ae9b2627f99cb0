/** What a leader is given to read. */
@NullMarked
package parallax.coordinator.cluster.feed;

import org.jspecify.annotations.NullMarked;
