/**
 * From observations to decisions and the durable record: one decision thread, one store thread.
 * Imports clock, configuration, dependency, view, metrics, store, desk, core.
 */
@NullMarked
package parallax.coordinator.ingest;

import org.jspecify.annotations.NullMarked;
