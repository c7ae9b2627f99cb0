/** Sends UDP datagrams. Imports config, check and net. */
@NullMarked
package parallax.probe.udp;

import org.jspecify.annotations.NullMarked;
