@NullMarked
package parallax.probe.bgp.bmp.station;

import org.jspecify.annotations.NullMarked;
