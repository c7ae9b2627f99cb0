@NullMarked
package parallax.coordinator.api.exchange;

import org.jspecify.annotations.NullMarked;
