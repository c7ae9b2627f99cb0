@NullMarked
package parallax.probe.bgp.rislive;

import org.jspecify.annotations.NullMarked;
