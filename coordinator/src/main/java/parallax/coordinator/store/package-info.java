/**
 * The durable record, as a port; embedded SQLite behind it is a package beside it. Imports core.
 */
@NullMarked
package parallax.coordinator.store;

import org.jspecify.annotations.NullMarked;
