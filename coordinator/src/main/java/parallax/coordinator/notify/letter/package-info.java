/**
 * What people are told of an incident, in their language, before it takes the form of any receiver:
 * texts without markup, bounded, that a renderer escapes.
 */
@NullMarked
package parallax.coordinator.notify.letter;

import org.jspecify.annotations.NullMarked;
