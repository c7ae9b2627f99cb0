/** Observations as messages, both ways. Imports field and the records it writes. */
@NullMarked
package parallax.config.wire.observation;

import org.jspecify.annotations.NullMarked;
