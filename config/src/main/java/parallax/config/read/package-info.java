/**
 * Reads whole configurations: targets with their defaults, and policy. Imports read.check,
 * read.policy and what they import, and target.
 */
@NullMarked
package parallax.config.read;

import org.jspecify.annotations.NullMarked;
