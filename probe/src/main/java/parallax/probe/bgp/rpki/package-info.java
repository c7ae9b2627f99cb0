/**
 * Who may announce what (RPKI): validated payloads from JSON files of validators or by RTR, local
 * exceptions, and the validity of a route. No I/O here, no clock.
 */
@NullMarked
package parallax.probe.bgp.rpki;

import org.jspecify.annotations.NullMarked;
