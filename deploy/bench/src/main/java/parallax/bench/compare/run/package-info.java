/**
 * Virtual time: a world that answers checks, the schedule that makes them, and those who listen to
 * the results. Imports config and the pure core.
 */
@NullMarked
package parallax.bench.compare.run;

import org.jspecify.annotations.NullMarked;
