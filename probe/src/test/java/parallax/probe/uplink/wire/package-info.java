/** Tests of this part of the uplink. */
@NullMarked
package parallax.probe.uplink.wire;

import org.jspecify.annotations.NullMarked;
