@NullMarked
package parallax.coordinator.replay.scenario.read;

import org.jspecify.annotations.NullMarked;
