/** {@code parallax validate PATH}: every problem of a configuration, in one run. */
@NullMarked
package parallax.deploy.validate;

import org.jspecify.annotations.NullMarked;
