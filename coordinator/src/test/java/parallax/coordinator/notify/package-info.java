@NullMarked
package parallax.coordinator.notify;

import org.jspecify.annotations.NullMarked;
