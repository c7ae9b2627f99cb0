/** What several probes see of one thing, kept once where they see the same. Imports config. */
@NullMarked
package parallax.coordinator.view.sight;

import org.jspecify.annotations.NullMarked;
