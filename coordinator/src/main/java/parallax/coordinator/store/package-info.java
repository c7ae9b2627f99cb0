/** The durable record: one port, embedded SQLite behind it. Imports core. */
@NullMarked
package parallax.coordinator.store;

import org.jspecify.annotations.NullMarked;
