@NullMarked
package parallax.coordinator.sight;

import org.jspecify.annotations.NullMarked;
