@NullMarked
package parallax.probe.registration.courtesy;

import org.jspecify.annotations.NullMarked;
