/**
 * Each address of a name by itself: the same look at every one of them, and what that means
 * together. Imports net.
 */
@NullMarked
package parallax.probe.each;

import org.jspecify.annotations.NullMarked;
