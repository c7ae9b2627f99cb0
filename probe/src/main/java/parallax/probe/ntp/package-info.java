/** Asks time servers. Imports config, check, net and udp. */
@NullMarked
package parallax.probe.ntp;

import org.jspecify.annotations.NullMarked;
