@NullMarked
package parallax.coordinator.store;

import org.jspecify.annotations.NullMarked;
