/** Who may read and do what: tokens, and whoever says who people are. */
@NullMarked
package parallax.config.access;

import org.jspecify.annotations.NullMarked;
