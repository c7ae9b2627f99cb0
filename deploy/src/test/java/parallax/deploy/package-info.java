@NullMarked
package parallax.deploy;

import org.jspecify.annotations.NullMarked;
