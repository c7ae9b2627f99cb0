/**
 * Where probes come in: a WebSocket server on a port of its own. {@link
 * parallax.coordinator.uplink.UplinkServer} listens, authenticates and bounds; what is said in a
 * stream is decided by the pure {@link parallax.coordinator.uplink.session}.
 *
 * <p>Imports identity, intake, metrics, uplink.session, and config's observation, target, wire.
 */
@NullMarked
package parallax.coordinator.uplink;

import org.jspecify.annotations.NullMarked;
