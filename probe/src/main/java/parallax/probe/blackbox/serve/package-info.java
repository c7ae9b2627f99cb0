/**
 * The modules in force, the probes, and what is served about them. Imports everything beside it.
 */
@NullMarked
package parallax.probe.blackbox.serve;

import org.jspecify.annotations.NullMarked;
