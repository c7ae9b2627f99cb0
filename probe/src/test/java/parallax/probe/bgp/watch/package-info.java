@NullMarked
package parallax.probe.bgp.watch;

import org.jspecify.annotations.NullMarked;
