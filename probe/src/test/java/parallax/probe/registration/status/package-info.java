@NullMarked
package parallax.probe.registration.status;

import org.jspecify.annotations.NullMarked;
