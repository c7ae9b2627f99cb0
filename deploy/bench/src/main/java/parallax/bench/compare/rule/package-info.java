/** The rules by which others decide, each for one target. Imports run and config. */
@NullMarked
package parallax.bench.compare.rule;

import org.jspecify.annotations.NullMarked;
