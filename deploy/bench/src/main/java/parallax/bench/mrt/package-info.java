/** How fast stored routes are read, beside bgpdump. */
@NullMarked
package parallax.bench.mrt;

import org.jspecify.annotations.NullMarked;
