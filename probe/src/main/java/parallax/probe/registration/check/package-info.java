/**
 * The check of who holds a domain: mostly answered from what is known, and now and then by asking a
 * registry. Imports check, courtesy, lookup, judge and suffix.
 */
@NullMarked
package parallax.probe.registration.check;

import org.jspecify.annotations.NullMarked;
