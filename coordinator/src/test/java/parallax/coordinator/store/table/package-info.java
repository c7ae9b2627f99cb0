@NullMarked
package parallax.coordinator.store.table;

import org.jspecify.annotations.NullMarked;
