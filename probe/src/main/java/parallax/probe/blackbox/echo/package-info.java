/** Probes by ICMP echo, on sockets of the kernel (FFM). Imports look and module. */
@NullMarked
package parallax.probe.blackbox.echo;

import org.jspecify.annotations.NullMarked;
