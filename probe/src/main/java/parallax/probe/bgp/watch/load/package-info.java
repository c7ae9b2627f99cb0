/**
 * What is known beforehand: stored tables, and what the RPKI allows. Read on threads of their own
 * and handed to a feed. Imports watch, mrt, rpki and route.
 */
@NullMarked
package parallax.probe.bgp.watch.load;

import org.jspecify.annotations.NullMarked;
