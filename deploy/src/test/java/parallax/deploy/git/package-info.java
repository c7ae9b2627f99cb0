@NullMarked
package parallax.deploy.git;

import org.jspecify.annotations.NullMarked;
