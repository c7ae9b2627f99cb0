/** Connections of routers: who may have one, how many, on which threads, and what came by them. */
@NullMarked
package parallax.probe.bgp.session.listen;

import org.jspecify.annotations.NullMarked;
