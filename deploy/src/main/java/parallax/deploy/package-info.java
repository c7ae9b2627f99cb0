/** The product: commands that put probe and coordinator together. */
@NullMarked
package parallax.deploy;

import org.jspecify.annotations.NullMarked;
