@NullMarked
package parallax.probe.registration;

import org.jspecify.annotations.NullMarked;
