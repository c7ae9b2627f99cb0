/** What was seen, packed as it counts. Imports config. */
@NullMarked
package parallax.coordinator.core.evidence;

import org.jspecify.annotations.NullMarked;
