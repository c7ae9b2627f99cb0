/** As the packages tested. */
@NullMarked
package parallax.probe.blackbox.talk;

import org.jspecify.annotations.NullMarked;
