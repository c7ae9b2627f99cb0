/**
 * {@code parallax incident} and {@code parallax silence}: what people do, by a coordinator's API.
 */
@NullMarked
package parallax.deploy.incident;

import org.jspecify.annotations.NullMarked;
