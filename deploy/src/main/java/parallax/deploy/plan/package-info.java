/** {@code plan} says what a change of the configuration would do; {@code config} approves one. */
@NullMarked
package parallax.deploy.plan;

import org.jspecify.annotations.NullMarked;
