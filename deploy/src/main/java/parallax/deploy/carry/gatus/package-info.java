/** A configuration of Gatus as one of ours. No I/O. */
@NullMarked
package parallax.deploy.carry.gatus;

import org.jspecify.annotations.NullMarked;
