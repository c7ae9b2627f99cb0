/**
 * How the public pages are asked for, by the coordinator's own listener and by one of their own.
 */
@NullMarked
package parallax.coordinator.status.serve;

import org.jspecify.annotations.NullMarked;
