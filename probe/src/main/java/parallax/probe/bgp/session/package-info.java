/**
 * Sessions with neighbours that tell us their routes and are told none (RFC 4271). The rules of a
 * session are a function of state, what came and the time; around it is as little as a socket
 * takes.
 */
@NullMarked
package parallax.probe.bgp.session;

import org.jspecify.annotations.NullMarked;
