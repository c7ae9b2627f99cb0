/** Where routes are heard, whatever the source speaks: one interface for all of them. */
@NullMarked
package parallax.probe.bgp.feed;

import org.jspecify.annotations.NullMarked;
