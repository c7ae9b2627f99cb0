@NullMarked
package parallax.coordinator.uplink.session;

import org.jspecify.annotations.NullMarked;
