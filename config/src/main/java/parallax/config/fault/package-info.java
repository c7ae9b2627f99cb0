/** Points at which a process can be made to die, to prove that nothing is lost there. */
@NullMarked
package parallax.config.fault;

import org.jspecify.annotations.NullMarked;
