/**
 * What the uplink knows of sockets: how many may come in, what waits to be sent, which certificate
 * is shown.
 */
@NullMarked
package parallax.coordinator.uplink.socket;

import org.jspecify.annotations.NullMarked;
