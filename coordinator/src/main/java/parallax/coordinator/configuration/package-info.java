/** Notices when users change what is watched. Imports view and config. */
@NullMarked
package parallax.coordinator.configuration;

import org.jspecify.annotations.NullMarked;
