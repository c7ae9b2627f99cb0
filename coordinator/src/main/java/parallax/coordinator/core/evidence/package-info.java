/** What is fresh of what was seen. */
@NullMarked
package parallax.coordinator.core.evidence;

import org.jspecify.annotations.NullMarked;
