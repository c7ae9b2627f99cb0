/** Which time it is, as far as several coordinators agree: one wrong clock changes nothing. */
@NullMarked
package parallax.coordinator.clock;

import org.jspecify.annotations.NullMarked;
