/** Values that come from the environment or from files and never show themselves. */
@NullMarked
package parallax.config.secret;

import org.jspecify.annotations.NullMarked;
