/**
 * Compares the product's rules with those that others use, in random years whose truth is known.
 * Run with {@code deploy/bench/compare --help}.
 */
@NullMarked
package parallax.bench.compare;

import org.jspecify.annotations.NullMarked;
