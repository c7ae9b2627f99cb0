@NullMarked
package parallax.bench.compare.score;

import org.jspecify.annotations.NullMarked;
