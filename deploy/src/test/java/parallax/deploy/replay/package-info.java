@NullMarked
package parallax.deploy.replay;

import org.jspecify.annotations.NullMarked;
