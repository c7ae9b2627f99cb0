@NullMarked
package parallax.deploy.coordinator;

import org.jspecify.annotations.NullMarked;
