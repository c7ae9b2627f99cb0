/** What is watched, as the core sees it. Imports config. */
@NullMarked
package parallax.coordinator.core.watch;

import org.jspecify.annotations.NullMarked;
