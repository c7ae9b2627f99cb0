/**
 * What readers see: immutable views that the decision thread publishes. Imports core, store and
 * config.
 */
@NullMarked
package parallax.coordinator.view;

import org.jspecify.annotations.NullMarked;
