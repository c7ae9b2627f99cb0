/** Tests of what is known about probes. */
@NullMarked
package parallax.coordinator.core.fleet;

import org.jspecify.annotations.NullMarked;
