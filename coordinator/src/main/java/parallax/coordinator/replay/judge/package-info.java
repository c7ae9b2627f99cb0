/** What was said during a replay, against what the scenario expects. */
@NullMarked
package parallax.coordinator.replay.judge;

import org.jspecify.annotations.NullMarked;
