/** Routes as collectors store them: MRT files (RFC 6396, RFC 8050), read as a stream. */
@NullMarked
package parallax.probe.bgp.mrt;

import org.jspecify.annotations.NullMarked;
