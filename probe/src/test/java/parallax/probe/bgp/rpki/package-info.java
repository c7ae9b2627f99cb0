/** Tests of the validity of routes. */
@NullMarked
package parallax.probe.bgp.rpki;

import org.jspecify.annotations.NullMarked;
