/** What all processes tell of themselves in the same way, and in which format. */
@NullMarked
package parallax.config.metrics;

import org.jspecify.annotations.NullMarked;
