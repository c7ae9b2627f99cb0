/**
 * Routes from RIPE NCC's collectors as they hear them: RIS Live over its WebSocket, or its HTTP
 * stream. What to say and when is decided in the session, without socket and clock.
 */
@NullMarked
package parallax.probe.bgp.rislive;

import org.jspecify.annotations.NullMarked;
