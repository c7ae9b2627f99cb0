/** How what Parallax says of its work is written to standard error. */
@NullMarked
package parallax.deploy.log;

import org.jspecify.annotations.NullMarked;
