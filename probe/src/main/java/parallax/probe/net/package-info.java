/**
 * What all checks need of the network: names to addresses, where a probe may connect, the
 * connection itself on an event loop, and why one failed. Imports config, check, Vert.x and Netty.
 */
@NullMarked
package parallax.probe.net;

import org.jspecify.annotations.NullMarked;
