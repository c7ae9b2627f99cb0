/**
 * Decides and tells. {@code CoordinatorNode} is the composition root and the only class that knows
 * every other. Edges import core, core imports config and java.* only.
 */
@NullMarked
package parallax.coordinator;

import org.jspecify.annotations.NullMarked;
