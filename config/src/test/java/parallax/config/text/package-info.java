@NullMarked
package parallax.config.text;

import org.jspecify.annotations.NullMarked;
