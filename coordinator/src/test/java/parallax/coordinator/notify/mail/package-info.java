@NullMarked
package parallax.coordinator.notify.mail;

import org.jspecify.annotations.NullMarked;
