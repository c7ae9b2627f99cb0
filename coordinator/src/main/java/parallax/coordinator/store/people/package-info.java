/**
 * The tables that people write to: the notebook, silences, what jobs say of themselves, runs of
 * actions, reports.
 */
@NullMarked
package parallax.coordinator.store.people;

import org.jspecify.annotations.NullMarked;
