/** The manual page and the completion of shells, made of the commands as they are. */
@NullMarked
package parallax.deploy.manual;

import org.jspecify.annotations.NullMarked;
