@NullMarked
package parallax.deploy.check;

import org.jspecify.annotations.NullMarked;
