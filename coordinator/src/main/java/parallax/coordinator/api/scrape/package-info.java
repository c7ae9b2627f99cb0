/** What Prometheus asks for: the page of metrics, and what there is to scrape. */
@NullMarked
package parallax.coordinator.api.scrape;

import org.jspecify.annotations.NullMarked;
