/**
 * Where what probes hand over goes: {@link parallax.coordinator.intake.Intake} is all that the
 * uplink knows of the coordinator behind it.
 */
@NullMarked
package parallax.coordinator.intake;

import org.jspecify.annotations.NullMarked;
