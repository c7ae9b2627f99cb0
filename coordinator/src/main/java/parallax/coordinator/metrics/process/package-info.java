/** What a process tells of itself, coordinator or probe. Imports Micrometer alone. */
@NullMarked
package parallax.coordinator.metrics.process;

import org.jspecify.annotations.NullMarked;
