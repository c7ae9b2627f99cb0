@NullMarked
package parallax.coordinator.notify.http;

import org.jspecify.annotations.NullMarked;
