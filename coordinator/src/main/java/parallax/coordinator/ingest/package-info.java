/**
 * From observations to decisions and the durable record: one decision thread, one store thread.
 * Imports configuration, dependency, view, metrics, store, core.
 */
@NullMarked
package parallax.coordinator.ingest;

import org.jspecify.annotations.NullMarked;
