@NullMarked
package parallax.probe.registration.keep;

import org.jspecify.annotations.NullMarked;
