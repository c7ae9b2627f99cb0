/** Echoes, on loopback and in namespaces. */
@NullMarked
package parallax.probe.icmp;

import org.jspecify.annotations.NullMarked;
