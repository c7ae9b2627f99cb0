/**
 * The words of pages in each language, and what the core found, in sentences. The words for reasons
 * and layers are those of letters. Imports the core and notify.letter.
 */
@NullMarked
package parallax.coordinator.words;

import org.jspecify.annotations.NullMarked;
