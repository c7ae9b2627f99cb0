/**
 * All that the core knows, and how one turn changes it. Imports effect, incident, target, unit,
 * fleet, watch and config.
 */
@NullMarked
package parallax.coordinator.core.state;

import org.jspecify.annotations.NullMarked;
