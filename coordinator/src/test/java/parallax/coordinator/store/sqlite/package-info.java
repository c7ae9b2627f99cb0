@NullMarked
package parallax.coordinator.store.sqlite;

import org.jspecify.annotations.NullMarked;
