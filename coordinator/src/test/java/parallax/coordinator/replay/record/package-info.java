@NullMarked
package parallax.coordinator.replay.record;

import org.jspecify.annotations.NullMarked;
