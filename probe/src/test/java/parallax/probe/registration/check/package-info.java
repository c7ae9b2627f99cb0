@NullMarked
package parallax.probe.registration.check;

import org.jspecify.annotations.NullMarked;
