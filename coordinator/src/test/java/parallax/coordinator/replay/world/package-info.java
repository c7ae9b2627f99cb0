@NullMarked
package parallax.coordinator.replay.world;

import org.jspecify.annotations.NullMarked;
