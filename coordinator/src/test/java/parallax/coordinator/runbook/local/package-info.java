@NullMarked
package parallax.coordinator.runbook.local;

import org.jspecify.annotations.NullMarked;
