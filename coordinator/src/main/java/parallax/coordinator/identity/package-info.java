/**
 * Who speaks for which probe: tokens of probes, of which only hashes are stored, and client
 * certificates. {@link parallax.coordinator.identity.Authority} is all that the uplink knows of it.
 *
 * <p>Imports observation, store, store.sql, store.table.
 */
@NullMarked
package parallax.coordinator.identity;

import org.jspecify.annotations.NullMarked;
