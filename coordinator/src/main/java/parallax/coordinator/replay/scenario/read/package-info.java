/** Scenarios from YAML, with file, line and column of everything that is wrong with them. */
@NullMarked
package parallax.coordinator.replay.scenario.read;

import org.jspecify.annotations.NullMarked;
