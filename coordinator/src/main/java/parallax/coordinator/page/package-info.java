/**
 * Pages for people, rendered on the server; they can be read without scripts. The frame of all of
 * them, what several share, and the overview. Imports view.
 */
@NullMarked
package parallax.coordinator.page;

import org.jspecify.annotations.NullMarked;
