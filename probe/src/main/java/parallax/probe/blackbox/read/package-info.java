/** A blackbox.yml to modules, and every message about a bad one. Imports module and config. */
@NullMarked
package parallax.probe.blackbox.read;

import org.jspecify.annotations.NullMarked;
