/** {@code parallax probe}: looks where coordinators say, and hands over what it saw. */
@NullMarked
package parallax.deploy.probe;

import org.jspecify.annotations.NullMarked;
