@NullMarked
package parallax.coordinator.notify.slack;

import org.jspecify.annotations.NullMarked;
