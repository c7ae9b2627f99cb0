/** Copies of the record as files, the same ones whatever database they come from. */
@NullMarked
package parallax.coordinator.store.backup;

import org.jspecify.annotations.NullMarked;
