/** The record in one SQLite file. Imports the port and its tables. */
@NullMarked
package parallax.coordinator.store.sqlite;

import org.jspecify.annotations.NullMarked;
