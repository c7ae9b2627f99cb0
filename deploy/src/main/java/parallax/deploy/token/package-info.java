/** {@code parallax token}: the credentials of probes. */
@NullMarked
package parallax.deploy.token;

import org.jspecify.annotations.NullMarked;
