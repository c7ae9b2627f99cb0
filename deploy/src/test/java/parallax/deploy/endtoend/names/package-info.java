/** The probe's look at names, against real servers of a whole name system on loopback. */
@NullMarked
package parallax.deploy.endtoend.names;

import org.jspecify.annotations.NullMarked;
