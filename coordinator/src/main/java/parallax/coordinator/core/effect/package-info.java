/** What the core wants done. Imports incident, notice, verdict and config. */
@NullMarked
package parallax.coordinator.core.effect;

import org.jspecify.annotations.NullMarked;
