/** What Prometheus scrapes. Imports view, Micrometer and Vert.x buffers. */
@NullMarked
package parallax.coordinator.metrics;

import org.jspecify.annotations.NullMarked;
