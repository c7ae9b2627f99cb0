/** Times for which people asked not to be told: plain values. Imports config alone. */
@NullMarked
package parallax.coordinator.silence;

import org.jspecify.annotations.NullMarked;
