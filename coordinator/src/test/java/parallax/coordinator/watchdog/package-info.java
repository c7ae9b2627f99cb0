@NullMarked
package parallax.coordinator.watchdog;

import org.jspecify.annotations.NullMarked;
