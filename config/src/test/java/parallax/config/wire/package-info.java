/** Frames there and back: random, golden, of other versions, and broken. */
@NullMarked
package parallax.config.wire;

import org.jspecify.annotations.NullMarked;
