@NullMarked
package parallax.coordinator.uplink;

import org.jspecify.annotations.NullMarked;
