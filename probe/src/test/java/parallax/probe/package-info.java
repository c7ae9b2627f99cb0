/** Tests of the probe as a whole. */
@NullMarked
package parallax.probe;

import org.jspecify.annotations.NullMarked;
