/**
 * What a verdict, or an incident, can be told as beyond its scope and cause: blocked, up but not as
 * it should be. Decides nothing. Imports verdict and config.
 */
@NullMarked
package parallax.coordinator.core.reading;

import org.jspecify.annotations.NullMarked;
