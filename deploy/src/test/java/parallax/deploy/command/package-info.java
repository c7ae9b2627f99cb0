/** What commands share. */
@NullMarked
package parallax.deploy.command;

import org.jspecify.annotations.NullMarked;
