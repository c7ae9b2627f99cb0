@NullMarked
package parallax.probe.trace;

import org.jspecify.annotations.NullMarked;
