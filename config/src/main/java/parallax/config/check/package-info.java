/** What a check must do, as data: one record for each kind of check. Imports secret. */
@NullMarked
package parallax.config.check;

import org.jspecify.annotations.NullMarked;
