@NullMarked
package parallax.bench.compare.run;

import org.jspecify.annotations.NullMarked;
