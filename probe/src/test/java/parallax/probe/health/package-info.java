@NullMarked
package parallax.probe.health;

import org.jspecify.annotations.NullMarked;
