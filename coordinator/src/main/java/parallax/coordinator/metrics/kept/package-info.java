/** What was written of targets, kept from one page of metrics to the next. */
@NullMarked
package parallax.coordinator.metrics.kept;

import org.jspecify.annotations.NullMarked;
