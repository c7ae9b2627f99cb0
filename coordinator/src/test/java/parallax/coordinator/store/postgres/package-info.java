@NullMarked
package parallax.coordinator.store.postgres;

import org.jspecify.annotations.NullMarked;
