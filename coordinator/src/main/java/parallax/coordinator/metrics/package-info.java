/** What Prometheus scrapes. Imports view and Micrometer. */
@NullMarked
package parallax.coordinator.metrics;

import org.jspecify.annotations.NullMarked;
