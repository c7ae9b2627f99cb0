@NullMarked
package parallax.coordinator.report;

import org.jspecify.annotations.NullMarked;
