/** What people can do on pages: forms that work without scripts, as plain functions. */
@NullMarked
package parallax.coordinator.page.deed;

import org.jspecify.annotations.NullMarked;
