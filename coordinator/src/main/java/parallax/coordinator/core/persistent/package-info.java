/**
 * Collections that are never changed: a change gives a new one that shares what stayed. Imports
 * java.*.
 */
@NullMarked
package parallax.coordinator.core.persistent;

import org.jspecify.annotations.NullMarked;
