@NullMarked
package parallax.coordinator.runbook;

import org.jspecify.annotations.NullMarked;
