/** Tests of who is asking, by HTTP. */
@NullMarked
package parallax.coordinator.api.access;

import org.jspecify.annotations.NullMarked;
