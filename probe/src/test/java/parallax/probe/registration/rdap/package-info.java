@NullMarked
package parallax.probe.registration.rdap;

import org.jspecify.annotations.NullMarked;
