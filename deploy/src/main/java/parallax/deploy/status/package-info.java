/** The public status page, to be kept somewhere else. */
@NullMarked
package parallax.deploy.status;

import org.jspecify.annotations.NullMarked;
