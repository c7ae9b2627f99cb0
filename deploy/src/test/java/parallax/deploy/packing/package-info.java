@NullMarked
package parallax.deploy.packing;

import org.jspecify.annotations.NullMarked;
