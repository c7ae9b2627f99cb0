@NullMarked
package parallax.coordinator.dependency;

import org.jspecify.annotations.NullMarked;
