/**
 * All that is known of one target. Imports unit, verdict, reading, evidence, fleet, watch and
 * config.
 */
@NullMarked
package parallax.coordinator.core.target;

import org.jspecify.annotations.NullMarked;
