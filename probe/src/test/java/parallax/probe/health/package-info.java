/** Tests of what a probe knows about itself. */
@NullMarked
package parallax.probe.health;

import org.jspecify.annotations.NullMarked;
