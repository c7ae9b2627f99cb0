@NullMarked
package parallax.probe.each;

import org.jspecify.annotations.NullMarked;
