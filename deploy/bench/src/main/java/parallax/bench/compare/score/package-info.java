/** How well alarms tell what truly was. Imports year and run. */
@NullMarked
package parallax.bench.compare.score;

import org.jspecify.annotations.NullMarked;
