/** From verdicts to incidents. */
@NullMarked
package parallax.coordinator.core.incident;

import org.jspecify.annotations.NullMarked;
