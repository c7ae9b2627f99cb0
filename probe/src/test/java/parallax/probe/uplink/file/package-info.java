/** Tests of this part of the uplink. */
@NullMarked
package parallax.probe.uplink.file;

import org.jspecify.annotations.NullMarked;
