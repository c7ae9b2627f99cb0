/**
 * Reads what a target says about each way of looking at it. Imports bind, text, check, planned,
 * secret, yaml and problem.
 */
@NullMarked
package parallax.config.read.check;

import org.jspecify.annotations.NullMarked;
