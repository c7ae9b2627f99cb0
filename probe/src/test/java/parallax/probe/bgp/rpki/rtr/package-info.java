/** Tests of RTR. */
@NullMarked
package parallax.probe.bgp.rpki.rtr;

import org.jspecify.annotations.NullMarked;
