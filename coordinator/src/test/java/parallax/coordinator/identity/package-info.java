@NullMarked
package parallax.coordinator.identity;

import org.jspecify.annotations.NullMarked;
