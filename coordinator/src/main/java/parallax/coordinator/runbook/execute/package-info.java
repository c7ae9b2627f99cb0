/** Does what runbooks say: processes, requests, when nobody asks. Imports runbook and store. */
@NullMarked
package parallax.coordinator.runbook.execute;

import org.jspecify.annotations.NullMarked;
