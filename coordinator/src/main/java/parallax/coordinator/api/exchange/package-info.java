/** What is asked and answered, free of the server. */
@NullMarked
package parallax.coordinator.api.exchange;

import org.jspecify.annotations.NullMarked;
