@NullMarked
package parallax.coordinator.runbook.execute;

import org.jspecify.annotations.NullMarked;
