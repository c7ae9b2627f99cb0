/**
 * Notices when users change what is watched, and says it in the words of the core. Imports view,
 * the record, the core's watch and config.
 */
@NullMarked
package parallax.coordinator.configuration;

import org.jspecify.annotations.NullMarked;
