/**
 * A random year of a few targets: what fails, when and for whom, and what is truly so. Imports run
 * and config.
 */
@NullMarked
package parallax.bench.compare.year;

import org.jspecify.annotations.NullMarked;
