/** The two texts that Prometheus reads, and how large families are written to them. */
@NullMarked
package parallax.coordinator.metrics.text;

import org.jspecify.annotations.NullMarked;
