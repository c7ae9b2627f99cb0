@NullMarked
package parallax.coordinator.notify.mail.message;

import org.jspecify.annotations.NullMarked;
