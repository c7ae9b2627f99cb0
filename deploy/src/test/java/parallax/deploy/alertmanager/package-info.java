/** A real Alertmanager takes what is told of incidents. */
@NullMarked
package parallax.deploy.alertmanager;

import org.jspecify.annotations.NullMarked;
