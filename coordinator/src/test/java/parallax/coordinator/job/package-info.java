@NullMarked
package parallax.coordinator.job;

import org.jspecify.annotations.NullMarked;
