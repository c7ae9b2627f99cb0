/** What one check costs, beside the blackbox exporter in the same run. */
@NullMarked
package parallax.bench.checks;

import org.jspecify.annotations.NullMarked;
