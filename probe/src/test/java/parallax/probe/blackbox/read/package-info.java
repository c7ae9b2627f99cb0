/** Modules as files. */
@NullMarked
package parallax.probe.blackbox.read;

import org.jspecify.annotations.NullMarked;
