@NullMarked
package parallax.coordinator.replay;

import org.jspecify.annotations.NullMarked;
