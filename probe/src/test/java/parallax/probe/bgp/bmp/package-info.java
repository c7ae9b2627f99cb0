@NullMarked
package parallax.probe.bgp.bmp;

import org.jspecify.annotations.NullMarked;
