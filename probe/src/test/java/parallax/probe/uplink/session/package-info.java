/** Tests of this part of the uplink. */
@NullMarked
package parallax.probe.uplink.session;

import org.jspecify.annotations.NullMarked;
