/** Calls of the C library that Java has none for, on 64-bit Linux. Imports nothing. */
@NullMarked
package parallax.probe.kernel;

import org.jspecify.annotations.NullMarked;
