/** What it costs to hear routes. */
@NullMarked
package parallax.bench.routes;

import org.jspecify.annotations.NullMarked;
