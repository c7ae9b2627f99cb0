/** The record in PostgreSQL, shared by several coordinators. Imports the port and its tables. */
@NullMarked
package parallax.coordinator.store.postgres;

import org.jspecify.annotations.NullMarked;
