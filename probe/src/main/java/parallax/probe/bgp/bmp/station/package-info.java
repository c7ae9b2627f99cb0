/** Where routers connect to report (RFC 7854 section 3.2). */
@NullMarked
package parallax.probe.bgp.bmp.station;

import org.jspecify.annotations.NullMarked;
