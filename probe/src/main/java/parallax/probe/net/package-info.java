/**
 * What all checks need of the network: names to addresses, where a probe may connect, why a
 * connection failed. Imports config and check.
 */
@NullMarked
package parallax.probe.net;

import org.jspecify.annotations.NullMarked;
