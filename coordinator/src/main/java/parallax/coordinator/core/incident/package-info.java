/** From verdicts to incidents. Imports target, verdict, fleet, watch and config. */
@NullMarked
package parallax.coordinator.core.incident;

import org.jspecify.annotations.NullMarked;
