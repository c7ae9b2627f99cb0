/** Which runbooks are for an incident, and what runs by itself: pure. Imports core and notebook. */
@NullMarked
package parallax.coordinator.runbook;

import org.jspecify.annotations.NullMarked;
