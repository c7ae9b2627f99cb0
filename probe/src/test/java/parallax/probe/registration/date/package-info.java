@NullMarked
package parallax.probe.registration.date;

import org.jspecify.annotations.NullMarked;
