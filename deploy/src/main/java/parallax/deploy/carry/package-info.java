/** {@code parallax import}: configurations of others as ones of ours. */
@NullMarked
package parallax.deploy.carry;

import org.jspecify.annotations.NullMarked;
