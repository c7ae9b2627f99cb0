/** Probes by ICMP echo. Imports icmp, look and module. */
@NullMarked
package parallax.probe.blackbox.echo;

import org.jspecify.annotations.NullMarked;
