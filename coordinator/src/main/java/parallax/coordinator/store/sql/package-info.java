/** Ways to a database: transactions, statements, what differs between dialects. */
@NullMarked
package parallax.coordinator.store.sql;

import org.jspecify.annotations.NullMarked;
