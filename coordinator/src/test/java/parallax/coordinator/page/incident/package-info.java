@NullMarked
package parallax.coordinator.page.incident;

import org.jspecify.annotations.NullMarked;
