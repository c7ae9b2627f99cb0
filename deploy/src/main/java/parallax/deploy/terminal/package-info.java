/** How commands speak to people: colours where there is a terminal, plain words elsewhere. */
@NullMarked
package parallax.deploy.terminal;

import org.jspecify.annotations.NullMarked;
