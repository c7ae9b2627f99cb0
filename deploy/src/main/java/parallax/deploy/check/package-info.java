/** {@code parallax check URL}: the whole stack of one target, once. */
@NullMarked
package parallax.deploy.check;

import org.jspecify.annotations.NullMarked;
