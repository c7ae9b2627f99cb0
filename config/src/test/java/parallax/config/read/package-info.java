@NullMarked
package parallax.config.read;

import org.jspecify.annotations.NullMarked;
