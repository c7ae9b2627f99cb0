/**
 * Dates as registries print them, read leniently and never guessed. Imports java alone; the words
 * and zones stand in resources beside this package.
 */
@NullMarked
package parallax.probe.registration.date;

import org.jspecify.annotations.NullMarked;
