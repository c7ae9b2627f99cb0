/** Tests of the uplink as a whole. */
@NullMarked
package parallax.probe.uplink;

import org.jspecify.annotations.NullMarked;
