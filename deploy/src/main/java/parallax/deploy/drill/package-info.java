/** {@code parallax drill}: finds out who would be told what and when, by a coordinator's API. */
@NullMarked
package parallax.deploy.drill;

import org.jspecify.annotations.NullMarked;
