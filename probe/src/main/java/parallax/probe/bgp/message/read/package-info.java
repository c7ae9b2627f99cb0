/** Reads messages from bytes of strangers: every length is checked before it is used. */
@NullMarked
package parallax.probe.bgp.message.read;

import org.jspecify.annotations.NullMarked;
