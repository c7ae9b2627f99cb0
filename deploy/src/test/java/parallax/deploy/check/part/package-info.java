@NullMarked
package parallax.deploy.check.part;

import org.jspecify.annotations.NullMarked;
