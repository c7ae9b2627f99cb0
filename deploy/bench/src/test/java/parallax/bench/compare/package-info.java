@NullMarked
package parallax.bench.compare;

import org.jspecify.annotations.NullMarked;
