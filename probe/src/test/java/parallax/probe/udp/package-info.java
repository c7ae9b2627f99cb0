/** Datagrams. */
@NullMarked
package parallax.probe.udp;

import org.jspecify.annotations.NullMarked;
