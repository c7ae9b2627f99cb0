/** Tests of {@code parallax probe}. */
@NullMarked
package parallax.deploy.probe;

import org.jspecify.annotations.NullMarked;
