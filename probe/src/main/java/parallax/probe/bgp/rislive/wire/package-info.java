/** Connections to RIS Live that are read by a thread that may block, one frame after the other. */
@NullMarked
package parallax.probe.bgp.rislive.wire;

import org.jspecify.annotations.NullMarked;
