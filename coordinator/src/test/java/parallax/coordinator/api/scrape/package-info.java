/** Scrapes as clients of all kinds make them. */
@NullMarked
package parallax.coordinator.api.scrape;

import org.jspecify.annotations.NullMarked;
