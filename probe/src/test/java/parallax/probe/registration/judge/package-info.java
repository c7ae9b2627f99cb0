@NullMarked
package parallax.probe.registration.judge;

import org.jspecify.annotations.NullMarked;
