/** What a scrape of many targets costs. */
@NullMarked
package parallax.bench.metrics;

import org.jspecify.annotations.NullMarked;
