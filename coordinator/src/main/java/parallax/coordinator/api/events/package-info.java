/** What changes, as it changes: server-sent events. Imports view and store. */
@NullMarked
package parallax.coordinator.api.events;

import org.jspecify.annotations.NullMarked;
