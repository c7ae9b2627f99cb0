/**
 * {@code parallax coordinator}: a coordinator for probes elsewhere, alone or as one member of a
 * cluster.
 */
@NullMarked
package parallax.deploy.coordinator;

import org.jspecify.annotations.NullMarked;
