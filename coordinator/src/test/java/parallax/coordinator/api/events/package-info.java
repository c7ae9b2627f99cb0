@NullMarked
package parallax.coordinator.api.events;

import org.jspecify.annotations.NullMarked;
