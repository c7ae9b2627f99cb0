@NullMarked
package parallax.coordinator.replay.judge;

import org.jspecify.annotations.NullMarked;
