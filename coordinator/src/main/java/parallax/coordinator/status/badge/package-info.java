/** Badges: small pictures that say how something is. Imports the model and the words. */
@NullMarked
package parallax.coordinator.status.badge;

import org.jspecify.annotations.NullMarked;
