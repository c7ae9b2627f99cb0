/** Texts of people who wish us ill, and what may come of them. */
@NullMarked
package parallax.coordinator.notify.hostile;

import org.jspecify.annotations.NullMarked;
