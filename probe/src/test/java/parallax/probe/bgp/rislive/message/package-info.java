@NullMarked
package parallax.probe.bgp.rislive.message;

import org.jspecify.annotations.NullMarked;
