@NullMarked
package parallax.coordinator.postmortem;

import org.jspecify.annotations.NullMarked;
