/** Brings a branch of a remote here, within limits, and says why it could not. Imports address. */
@NullMarked
package parallax.coordinator.configuration.git.remote;

import org.jspecify.annotations.NullMarked;
