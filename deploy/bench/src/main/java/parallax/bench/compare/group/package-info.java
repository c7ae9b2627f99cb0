/**
 * Many targets that share what they stand on, and what the product makes of it when something
 * shared breaks. Imports run, year (for its draws), config and the pure core's words.
 */
@NullMarked
package parallax.bench.compare.group;

import org.jspecify.annotations.NullMarked;
