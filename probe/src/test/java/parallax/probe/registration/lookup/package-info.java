@NullMarked
package parallax.probe.registration.lookup;

import org.jspecify.annotations.NullMarked;
