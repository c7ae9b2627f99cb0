/** What a user wants to be up. Imports check. */
@NullMarked
package parallax.config.target;

import org.jspecify.annotations.NullMarked;
