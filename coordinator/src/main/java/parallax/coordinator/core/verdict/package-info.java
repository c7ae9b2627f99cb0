/** From evidence to a verdict about one target. */
@NullMarked
package parallax.coordinator.core.verdict;

import org.jspecify.annotations.NullMarked;
