/** Where in git a configuration lies, and by which login. Imports config's secrets. */
@NullMarked
package parallax.coordinator.configuration.git.address;

import org.jspecify.annotations.NullMarked;
