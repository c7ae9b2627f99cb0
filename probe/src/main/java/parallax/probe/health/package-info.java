/** May what this probe sees be believed? Imports check and net. */
@NullMarked
package parallax.probe.health;

import org.jspecify.annotations.NullMarked;
