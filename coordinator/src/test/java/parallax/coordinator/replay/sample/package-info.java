/** Small worlds for tests. */
@NullMarked
package parallax.coordinator.replay.sample;

import org.jspecify.annotations.NullMarked;
