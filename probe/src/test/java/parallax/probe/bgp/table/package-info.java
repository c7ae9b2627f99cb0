/** Tests of the table of routes. */
@NullMarked
package parallax.probe.bgp.table;

import org.jspecify.annotations.NullMarked;
