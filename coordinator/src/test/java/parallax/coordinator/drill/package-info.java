@NullMarked
package parallax.coordinator.drill;

import org.jspecify.annotations.NullMarked;
