/** Pages for people, rendered on the server without scripts. Imports view. */
@NullMarked
package parallax.coordinator.page;

import org.jspecify.annotations.NullMarked;
