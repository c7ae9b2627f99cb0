@NullMarked
package parallax.probe.bgp.session.listen;

import org.jspecify.annotations.NullMarked;
