/** {@code parallax notify}: whether people can be told. */
@NullMarked
package parallax.deploy.notify;

import org.jspecify.annotations.NullMarked;
