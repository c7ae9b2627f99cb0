@NullMarked
package parallax.probe.registration.suffix;

import org.jspecify.annotations.NullMarked;
