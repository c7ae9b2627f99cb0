/** Values and stand-ins that the tests of several packages share. */
@NullMarked
package parallax.coordinator.testing;

import org.jspecify.annotations.NullMarked;
