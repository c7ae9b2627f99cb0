@NullMarked
package parallax.coordinator.notify.letter;

import org.jspecify.annotations.NullMarked;
