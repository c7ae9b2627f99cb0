/** From evidence to a verdict about one target. Imports evidence and config. */
@NullMarked
package parallax.coordinator.core.verdict;

import org.jspecify.annotations.NullMarked;
