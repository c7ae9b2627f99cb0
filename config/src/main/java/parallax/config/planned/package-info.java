/**
 * What can already be written and is checked in full, but can't be run yet. Imports check and
 * secret.
 */
@NullMarked
package parallax.config.planned;

import org.jspecify.annotations.NullMarked;
