/** What members tell one another, byte by byte. */
@NullMarked
package parallax.coordinator.cluster.exchange;

import org.jspecify.annotations.NullMarked;
