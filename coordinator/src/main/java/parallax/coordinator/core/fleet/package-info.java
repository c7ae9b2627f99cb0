/** Who looks, from where, and how far each can be believed. Imports watch and config. */
@NullMarked
package parallax.coordinator.core.fleet;

import org.jspecify.annotations.NullMarked;
