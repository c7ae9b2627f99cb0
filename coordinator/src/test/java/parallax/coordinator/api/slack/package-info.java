@NullMarked
package parallax.coordinator.api.slack;

import org.jspecify.annotations.NullMarked;
