/**
 * ICMP echoes: the sockets that all of the probe share, on the kernel (FFM), and the check. Imports
 * config, check, kernel and net.
 */
@NullMarked
package parallax.probe.icmp;

import org.jspecify.annotations.NullMarked;
