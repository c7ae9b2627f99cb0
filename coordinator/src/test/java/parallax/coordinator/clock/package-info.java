@NullMarked
package parallax.coordinator.clock;

import org.jspecify.annotations.NullMarked;
