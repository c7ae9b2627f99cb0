@NullMarked
package parallax.probe.bgp.mrt;

import org.jspecify.annotations.NullMarked;
