/** Objectives as they are shown: those of one target, and all of them. No I/O. */
@NullMarked
package parallax.coordinator.page.objective;

import org.jspecify.annotations.NullMarked;
