/** {@code parallax up}: everything in one process. */
@NullMarked
package parallax.deploy.up;

import org.jspecify.annotations.NullMarked;
