/** Tests of what the public sees. */
@NullMarked
package parallax.coordinator.status;

import org.jspecify.annotations.NullMarked;
