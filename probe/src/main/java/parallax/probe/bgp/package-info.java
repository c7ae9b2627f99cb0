/** Routes: what is seen of them by those who carry them, from any source. */
@NullMarked
package parallax.probe.bgp;

import org.jspecify.annotations.NullMarked;
