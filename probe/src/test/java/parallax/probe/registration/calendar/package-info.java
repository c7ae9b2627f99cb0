@NullMarked
package parallax.probe.registration.calendar;

import org.jspecify.annotations.NullMarked;
