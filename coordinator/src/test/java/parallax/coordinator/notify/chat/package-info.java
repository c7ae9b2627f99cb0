@NullMarked
package parallax.coordinator.notify.chat;

import org.jspecify.annotations.NullMarked;
