@NullMarked
package parallax.probe.bgp.watch.load;

import org.jspecify.annotations.NullMarked;
