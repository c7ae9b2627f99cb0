/**
 * What members tell one another beside observations: who is connected where, who is to look again.
 */
@NullMarked
package parallax.coordinator.cluster.exchange;

import org.jspecify.annotations.NullMarked;
