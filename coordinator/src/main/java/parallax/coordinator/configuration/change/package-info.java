/**
 * What a new configuration would change, and whether it may come into force unasked. Pure; imports
 * config.
 */
@NullMarked
package parallax.coordinator.configuration.change;

import org.jspecify.annotations.NullMarked;
