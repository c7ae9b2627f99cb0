/**
 * The public pages as they are given out: made once for all readers, and anew when something
 * changed.
 */
@NullMarked
package parallax.coordinator.status.edition;

import org.jspecify.annotations.NullMarked;
