@NullMarked
package parallax.deploy.terminal;

import org.jspecify.annotations.NullMarked;
