@NullMarked
package parallax.probe;

import org.jspecify.annotations.NullMarked;
