/** Tests of what verdicts are told as. */
@NullMarked
package parallax.coordinator.core.reading;

import org.jspecify.annotations.NullMarked;
