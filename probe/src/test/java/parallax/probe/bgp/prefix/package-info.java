/** Tests of the sets of prefixes. */
@NullMarked
package parallax.probe.bgp.prefix;

import org.jspecify.annotations.NullMarked;
