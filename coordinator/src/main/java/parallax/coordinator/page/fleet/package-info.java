/** Pages about who looks, from where, by what configuration, and who is told. Imports page. */
@NullMarked
package parallax.coordinator.page.fleet;

import org.jspecify.annotations.NullMarked;
