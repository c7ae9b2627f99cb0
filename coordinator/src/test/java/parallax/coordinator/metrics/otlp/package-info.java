@NullMarked
package parallax.coordinator.metrics.otlp;

import org.jspecify.annotations.NullMarked;
