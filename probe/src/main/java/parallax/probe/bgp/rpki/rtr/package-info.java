/**
 * The protocol between a cache of payloads and a router (RFC 8210, version 0 of RFC 6810). {@link
 * parallax.probe.bgp.rpki.rtr.RtrSession} decides, {@link parallax.probe.bgp.rpki.rtr.RtrClient}
 * connects.
 */
@NullMarked
package parallax.probe.bgp.rpki.rtr;

import org.jspecify.annotations.NullMarked;
