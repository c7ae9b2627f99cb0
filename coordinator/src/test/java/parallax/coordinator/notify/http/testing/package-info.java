@NullMarked
package parallax.coordinator.notify.http.testing;

import org.jspecify.annotations.NullMarked;
