/** Targets and their checks as messages, both ways. Imports field and the records it writes. */
@NullMarked
package parallax.config.wire.check;

import org.jspecify.annotations.NullMarked;
