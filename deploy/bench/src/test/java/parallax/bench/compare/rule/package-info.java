@NullMarked
package parallax.bench.compare.rule;

import org.jspecify.annotations.NullMarked;
