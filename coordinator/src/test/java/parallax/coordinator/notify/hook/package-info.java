@NullMarked
package parallax.coordinator.notify.hook;

import org.jspecify.annotations.NullMarked;
