/** Many probes at once, as they come back after an outage, against real coordinators. */
@NullMarked
package parallax.bench.uplink;

import org.jspecify.annotations.NullMarked;
