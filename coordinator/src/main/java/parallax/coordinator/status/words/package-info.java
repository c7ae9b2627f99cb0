/** The words of the public pages, in each language. Imports the model alone. */
@NullMarked
package parallax.coordinator.status.words;

import org.jspecify.annotations.NullMarked;
