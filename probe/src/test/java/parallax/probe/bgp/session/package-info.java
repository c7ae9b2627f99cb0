@NullMarked
package parallax.probe.bgp.session;

import org.jspecify.annotations.NullMarked;
