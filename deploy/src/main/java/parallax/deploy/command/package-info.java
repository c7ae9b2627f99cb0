/** What commands share: exit statuses, options, the version. */
@NullMarked
package parallax.deploy.command;

import org.jspecify.annotations.NullMarked;
