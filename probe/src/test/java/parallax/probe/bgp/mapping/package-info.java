@NullMarked
package parallax.probe.bgp.mapping;

import org.jspecify.annotations.NullMarked;
