/** The public pages: the board in HTML, without scripts. Imports the model and the words. */
@NullMarked
package parallax.coordinator.status.html;

import org.jspecify.annotations.NullMarked;
