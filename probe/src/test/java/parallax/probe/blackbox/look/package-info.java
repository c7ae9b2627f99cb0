/** As the packages tested. */
@NullMarked
package parallax.probe.blackbox.look;

import org.jspecify.annotations.NullMarked;
