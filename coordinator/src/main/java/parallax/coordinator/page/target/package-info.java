/** Targets as pages for people: the list, and one with all that is seen of it. Imports page. */
@NullMarked
package parallax.coordinator.page.target;

import org.jspecify.annotations.NullMarked;
