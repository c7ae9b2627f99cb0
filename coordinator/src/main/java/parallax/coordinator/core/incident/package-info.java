/** From verdicts to incidents. Imports verdict, evidence and config. */
@NullMarked
package parallax.coordinator.core.incident;

import org.jspecify.annotations.NullMarked;
