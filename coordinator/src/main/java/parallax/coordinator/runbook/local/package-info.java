/** The commands that this machine allows, from a file of its own. Imports config. */
@NullMarked
package parallax.coordinator.runbook.local;

import org.jspecify.annotations.NullMarked;
