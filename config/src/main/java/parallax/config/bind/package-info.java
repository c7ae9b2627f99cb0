/**
 * A small language in which readers declare, as data, which keys a mapping has and how values are
 * written, so that one place finds unknown keys and wrong types, and the editor's schema is made
 * from the same tables. Imports problem, yaml, text, secret, check.journey, and observation for
 * printing.
 */
@NullMarked
package parallax.config.bind;

import org.jspecify.annotations.NullMarked;
