@NullMarked
package parallax.coordinator.desk;

import org.jspecify.annotations.NullMarked;
