/**
 * What probes of all kinds need: the address, the connection, the talk, the metrics, the log.
 * Imports module, net, tls and check.
 */
@NullMarked
package parallax.probe.blackbox.look;

import org.jspecify.annotations.NullMarked;
