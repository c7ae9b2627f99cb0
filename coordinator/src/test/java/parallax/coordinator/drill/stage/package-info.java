@NullMarked
package parallax.coordinator.drill.stage;

import org.jspecify.annotations.NullMarked;
