/** The requests of which a look is made, drawn beside each other. Imports config and terminal. */
@NullMarked
package parallax.deploy.check.part;

import org.jspecify.annotations.NullMarked;
