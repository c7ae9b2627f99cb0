/** The record as tables, in SQL that every database behind it understands. Imports the port. */
@NullMarked
package parallax.coordinator.store.table;

import org.jspecify.annotations.NullMarked;
