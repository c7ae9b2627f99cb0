/** What is fresh of what was seen. Imports config. */
@NullMarked
package parallax.coordinator.core.evidence;

import org.jspecify.annotations.NullMarked;
