@NullMarked
package parallax.probe.bgp.message.read;

import org.jspecify.annotations.NullMarked;
