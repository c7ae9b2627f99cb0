@NullMarked
package parallax.coordinator.uplink.socket;

import org.jspecify.annotations.NullMarked;
